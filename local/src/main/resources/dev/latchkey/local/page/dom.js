/** An element with these properties; children that are texts become text, never markup. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.flat());
  return made;
}

/** A text set as code. */
export function code(text) {
  return element("code", {}, text);
}

/** A description list of pairs; a value is a text, an element or a list of both. */
export function facts(className, pairs) {
  const rows = pairs.map(([name, ...values]) =>
    element("div", {}, element("dt", {}, name), values.map((value) => element("dd", {}, value))));
  return element("dl", { className }, rows);
}

/** A block of code that says what it is, can be scrolled by keyboard and has a button that copies it. */
export function codeBlock(text, label) {
  return element(
    "div",
    { className: "code" },
    element("pre", { tabIndex: 0, ariaLabel: label }, text),
    copyButton("Copy", `Copy ${label}`, () => text),
  );
}

/** A button that copies what a function tells when it is pressed. */
export function copyButton(caption, label, text) {
  const button = element("button", { type: "button", ariaLabel: label }, caption);
  button.addEventListener("click", () => copy(text()));
  return button;
}

/** Puts a text into the clipboard and says so. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce("Copied.");
  } catch {
    announce("The browser did not allow copying.");
  }
}

/** Tells users of screen readers what happened. */
export function announce(text) {
  document.getElementById("status").textContent = text;
}
