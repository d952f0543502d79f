// A file that is chosen, or dropped anywhere on the page, becomes the text of the form.
"use strict";
(() => {
  const form = document.querySelector("form.paste");
  const { text, name } = form.elements;
  const status = form.querySelector("[role=status]");
  const file = form.querySelector("[type=file]");

  const decoded = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  };

  const take = async (given) => {
    if (!given) return;
    if (given.size > Number(form.dataset.size)) {
      status.textContent = `${given.name} is too large.`;
      return;
    }
    text.value = decoded(await given.arrayBuffer());
    name.value = given.name;
    status.textContent = `The text is that of ${given.name}.`;
    text.focus();
  };

  file.parentElement.hidden = false;
  file.addEventListener("change", () => take(file.files[0]));
  text.addEventListener("input", () => {
    if (!text.value) name.value = "";
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const words = event.dataTransfer.getData("text/plain");
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
    else if (words) text.value = words;
  });
})();
