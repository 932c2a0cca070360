import { el, link } from "./dom.js";
import { icon } from "./answer_icons.js";
import { fill } from "./language.js";

/**
 * Emergency numbers by the browser's time zone, which tells where a person is better than their language does. 112 works
 * from mobile telephones nearly everywhere.
 */
const NUMBERS = [
  [/^(America|US|Canada|Pacific\/Honolulu)/, "911"],
  [/^Europe\/(London|Belfast|Jersey|Guernsey|Isle_of_Man)$/, "999"],
  [/^Asia\/(Seoul|Tokyo)$/, "119"],
  [/^Asia\/Singapore$/, "995"],
  [/^Australia/, "000"],
  [/^Pacific\/Auckland$/, "111"],
];
const ANYWHERE = "112";

/** The emergency number where the person seems to be. */
export function emergencyNumber(zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "") {
  return NUMBERS.find(([zones]) => zones.test(zone))?.[1] ?? ANYWHERE;
}

/** The button that calls for help, below the words of an emergency. */
export function callHelp({ strings }) {
  const number = emergencyNumber();
  return el(
    "p",
    { class: "gs-urgent-call" },
    link(`tel:${number}`, "gs-call", {}, icon("phone"), fill(strings.call, { number })),
    el("span", {}, strings.callElsewhere),
  );
}
