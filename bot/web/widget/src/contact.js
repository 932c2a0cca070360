import { link, safeLink } from "./dom.js";

/** How the shop's staff are reached: links with words between, for the end of a sentence. */
export function contactLinks({ shop }) {
  const ways = [shop.email && link(safeLink(`mailto:${shop.email}`), "gs-link", {}, shop.email),
    shop.phone && link(safeLink(`tel:${shop.phone.replace(/[^+\d]/g, "")}`), "gs-link", {}, shop.phone)];
  return ways.filter(Boolean).flatMap((one) => [" ", one]);
}
