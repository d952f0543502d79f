// Tables that are sorted by their headings and filtered by words and choices. Numbers sort as numbers.
"use strict";
(() => {
  const valueOf = (cell) => cell?.dataset.value ?? cell?.textContent.trim() ?? "";

  const { compare: alphabetical } = new Intl.Collator("en");
  const compare = (one, other) => {
    if (one === "" || other === "") return (one === "") - (other === ""); // what is absent comes last
    const [a, b] = [Number(one), Number(other)];
    return Number.isNaN(a) || Number.isNaN(b) ? alphabetical(one, other) : a - b;
  };

  const sort = (table, column, down) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [valueOf(row.cells[column]), row]);
    rows.sort(([a], [b]) => (down && a !== "" && b !== "" ? compare(b, a) : compare(a, b)));
    body.append(...rows.map(([, row]) => row));
    [...table.tHead.rows[0].cells].forEach((cell, place) => {
      if (place === column) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  };

  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      const button = document.createElement("button");
      button.append(...cell.childNodes);
      button.type = "button";
      button.addEventListener("click", () => sort(table, column, cell.getAttribute("aria-sort") === "ascending"));
      cell.append(button);
    });
  });

  const filter = (id) => {
    const controls = [...document.querySelectorAll(`[data-filters="${id}"]`)];
    const words = controls.filter((one) => !one.dataset.key).flatMap((one) => one.value.toLowerCase().split(/\s+/));
    const choices = controls.filter((one) => one.dataset.key && one.value);
    const holder = document.getElementById(id);
    const rows = [...(holder.tBodies?.[0].rows ?? holder.children)];
    let count = 0;
    rows.forEach((row) => {
      const text = row.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && choices.every((one) => row.dataset[one.dataset.key].split("|").includes(one.value));
      row.hidden = !fits;
      count += fits;
    });
    const told = document.querySelector(`[data-counts="${id}"]`);
    if (told) told.textContent = `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
  };

  // A figure of a table leads to the rows of another that it counts.
  document.querySelectorAll("[data-sets]").forEach((link) => {
    link.addEventListener("click", () => {
      document.querySelectorAll(`[data-filters="${link.dataset.sets}"]`).forEach((control) => {
        control.value = control.dataset.key === link.dataset.key ? link.dataset.choice : "";
      });
      filter(link.dataset.sets);
    });
  });

  document.querySelectorAll("[data-filters]").forEach((control) => {
    control.addEventListener("input", () => filter(control.dataset.filters));
  });
})();
