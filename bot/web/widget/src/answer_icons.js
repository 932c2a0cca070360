import { icon as drawn, PATHS } from "./icons.js";

const RICH = {
  ...PATHS,
  bag: "M5.5 8h13l1 12h-15ZM9 10.5V7a3 3 0 0 1 6 0v3.5",
  file: "M7 3.5h6.5L18 8v12.5H7ZM13 3.5V8.5h5M12.5 11.5v6M10 15l2.5 2.5L15 15",
  thumb: "M8 20H4.5v-9H8ZM8 11l4-7.5c1.7 0 2.6 1.2 2.2 2.8L13.5 10h5c1.2 0 2 1 1.7 2.2l-1.5 6.2c-.3 1-1.1 1.6-2.1 1.6H8",
  careful: "M12 6v7.5M12 17.5v.1",
  yes: "M5 12.5l4.5 4.5L19 7.5",
  no: "M7 7l10 10M17 7L7 17",
  depends: "M6 9h9.5M13 6l3 3-3 3M18 15H8.5M11 12l-3 3 3 3",
  unknown: "M9 9.5a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.2-1.6 2.3M12 17.8v.1",
  doctor: "M12 5.5v13M5.5 12h13",
  phone: "M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3c0 1-.8 1.7-1.8 1.6C11 18.5 5.5 13 4.9 5.8 4.8 4.8 5.5 4 6.5 4Z",
};

/** As `icon` of icons.js, with those that only answers show. */
export const icon = (name, turned = 0) => drawn(name, turned, RICH);
