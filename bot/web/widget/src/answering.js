let answers = null;
let loading = null;

/** What shows answers, loaded with the first one; null until then. */
export const shown = () => answers;

/** Load it; what could not be loaded is asked for again the next time. */
export function load({ adopt, more }) {
  loading ??= Promise.all([import("./answers.js"), more()]).then(([made]) => {
    adopt(made.styles);
    answers = made;
  });
  loading.catch(() => (loading = null));
  return loading;
}
