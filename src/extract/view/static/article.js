// The text and its facts: hover or focus joins a claim with its parts, a click or Enter shows all of a fact.
"use strict";
(() => {
  const page = JSON.parse(document.getElementById("facts").textContent);
  const facts = page.facts;
  const root = document.documentElement;
  const panel = document.querySelector(".panel");
  const texts = [...document.querySelectorAll(".text")];
  const rank = ["growth", "money", "quantity", "date", "entity"];
  const off = new Set();
  const pieces = new Map(); // of each text: its pieces and their offsets, made when first needed
  const hint = [...panel.childNodes];
  let pointer = {};
  let chosen = null;
  panel.hidden = !facts.length;

  const make = (name, options = {}, ...children) => {
    const made = Object.assign(document.createElement(name), options);
    made.append(...children.filter((child) => child !== null));
    return made;
  };

  const numbers = (piece) => piece.dataset.f.trim().split(" ").map(Number);
  const visible = (piece) => numbers(piece).filter((n) => !off.has(facts[n].kind));
  const beginsIn = (piece) => {
    const here = visible(piece).filter((n) => facts[n].start === Number(piece.dataset.a));
    const from = here.length ? here : visible(piece);
    return from.sort((a, b) => rank.indexOf(facts[a].kind) - rank.indexOf(facts[b].kind))[0];
  };

  const piecesOf = (section) => {
    if (!pieces.has(section)) {
      const elements = [...texts[section].querySelectorAll("[data-a]")];
      pieces.set(section, { elements, starts: elements.map((one) => Number(one.dataset.a)) });
    }
    return pieces.get(section);
  };

  const between = (section, start, end) => {
    const { elements, starts } = piecesOf(section);
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < start) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (; low < starts.length && starts[low] < end; low += 1) found.push(elements[low]);
    return found;
  };

  // Curves from the size of a claim to each part, above the words.
  const svg = (name, values = {}) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const join = (text, from, parts) => {
    const frame = text.getBoundingClientRect();
    const top = (piece) => {
      const box = piece.getClientRects()[0];
      return box && [box.left - frame.left + box.width / 2, box.top - frame.top];
    };
    const start = top(from);
    const lines = svg("svg", { class: "links", "aria-hidden": "true" });
    parts.map(top).filter((end) => start && end).forEach(([x, y]) => {
      const lift = Math.min(8 + Math.abs(x - start[0]) / 16, 22);
      const curve = `M${start[0]} ${start[1]}C${start[0]} ${start[1] - lift} ${x} ${y - lift} ${x} ${y}`;
      lines.append(svg("path", { d: curve }));
    });
    text.append(lines);
  };

  let lit = [];
  const darken = () => {
    document.querySelectorAll(".links").forEach((one) => one.remove());
    lit.forEach((piece) => {
      piece.classList.remove("on", "part", "alone", "end");
      piece.removeAttribute("data-role");
    });
    lit = [];
  };
  const light = (n) => {
    darken();
    if (n === null || n === undefined) return;
    const fact = facts[n];
    const ends = [];
    const spans = fact.parts ?? [["", fact.start, fact.end]];
    spans.forEach(([role, start, end]) => {
      between(fact.section, start, end).forEach((piece, place) => {
        piece.classList.add(role && role !== "size" ? "part" : "on");
        if (!role) piece.classList.add("alone");
        if (role && place === 0) piece.dataset.role = piece.dataset.role ? `${piece.dataset.role} · ${role}` : role;
        if (role && place === 0) ends.push(piece);
        lit.push(piece);
      });
    });
    const edge = texts[fact.section].getBoundingClientRect().right;
    ends.forEach((piece) => piece.classList.toggle("end", edge - piece.getClientRects()[0].left < 9 * piece.dataset.role.length));
    if (ends.length > 1) join(texts[fact.section], ends[0], ends.slice(1).filter((one) => one !== ends[0]));
  };

  const fields = (values) =>
    make("dl", { className: "fields" }, ...Object.entries(values).flatMap(([name, value]) => [
      make("dt", { textContent: name }), make("dd", {}, make("bdi", { textContent: value }))]));

  const steps = (list) =>
    make("details", { className: "steps", open: list.length <= 12 }, make("summary", { textContent: "How it was found" }),
      make("ol", {}, ...list.map(([about, value, why]) =>
        make("li", {}, make("b", { textContent: about }), value ? make("bdi", { textContent: ` ${value} ` }) : " ", make("small", { textContent: why })))));

  const also = (n) => {
    const fact = facts[n];
    const others = new Set(between(fact.section, fact.start, fact.end).filter((one) => one.dataset.f).flatMap(numbers));
    others.delete(n);
    if (!others.size) return null;
    return make("p", { className: "also" }, "Also here: ", ...[...others].map((other) => {
      const button = make("button", { type: "button", className: `badge ${facts[other].kind}`, textContent: `${facts[other].kind} ${facts[other].text}` });
      button.addEventListener("click", () => choose(other, true));
      return button;
    }));
  };

  const show = (n) => {
    const fact = facts[n];
    const close = make("button", { type: "button", className: "close", textContent: "Close" });
    close.setAttribute("aria-label", "Close the panel");
    close.addEventListener("click", leave);
    const absent = page.columns[fact.kind].filter((name) => !(name in (fact.values ?? {})));
    panel.replaceChildren(
      make("p", { className: "kind" }, make("span", { className: `badge ${fact.kind}`, textContent: fact.kind }), close),
      make("h2", {}, make("bdi", { textContent: fact.text })),
      make("p", { className: "says" }, make("bdi", { textContent: fact.says })),
      fields({ ...fact.values, rule: fact.rule, fact_id: fact.id }),
      absent.length ? make("p", { className: "absent", textContent: `Not stated: ${absent.join(", ")}` }) : null,
      fact.steps ? steps(fact.steps) : null,
      also(n),
    );
    panel.classList.remove("hint");
    panel.scrollTop = 0;
  };

  const choose = (n, focus = false) => {
    chosen = n;
    light(n);
    show(n);
    document.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    document.querySelectorAll(`tr[data-fact="${n}"]`).forEach((one) => one.setAttribute("aria-current", "true"));
    if (focus) panel.focus({ preventScroll: true });
  };

  const leave = () => {
    const back = chosen === null ? null : between(facts[chosen].section, facts[chosen].start, facts[chosen].end)[0];
    chosen = null;
    panel.replaceChildren(...hint);
    panel.classList.add("hint");
    darken();
    if (back) reach(back);
  };

  // One stop for the Tab key in each text; the arrow keys go from fact to fact.
  const stops = (text) => [...text.querySelectorAll("[role=button]")].filter((one) => visible(one).length);
  const reach = (piece) => {
    if (!piece.hasAttribute("role")) return;
    piece.closest(".text").querySelectorAll('[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    piece.tabIndex = 0;
    piece.setAttribute("aria-label", `${piece.textContent}, ${visible(piece).map((n) => `${facts[n].kind}: ${facts[n].says}`).join("; ")}`);
    piece.focus({ preventScroll: true });
    uncover(piece);
  };
  // The sheet of a small screen, and the bar at its top, must not lie over what is looked at.
  const uncover = (piece) => {
    const box = piece.getClientRects()[0];
    const sheet = getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().top : innerHeight;
    if (box && (box.top < 80 || box.bottom > sheet - 20)) scrollBy(0, box.top - (80 + sheet) / 2);
  };
  texts.forEach((text) => {
    const first = text.querySelector("[role=button]");
    if (first) first.tabIndex = 0;
    text.addEventListener("mouseover", (event) => {
      const piece = event.target.closest("mark");
      const moved = event.clientX !== pointer.x || event.clientY !== pointer.y; // else the text has scrolled
      pointer = { x: event.clientX, y: event.clientY };
      if (piece && moved && visible(piece).length) light(beginsIn(piece));
    });
    text.addEventListener("mouseout", () => light(chosen));
    text.addEventListener("focusin", (event) => {
      if (event.target.matches("mark") && visible(event.target).length) light(beginsIn(event.target));
    });
    text.addEventListener("focusout", () => light(chosen));
    text.addEventListener("click", (event) => {
      const piece = event.target.closest("mark");
      if (!piece || !visible(piece).length) return;
      choose(beginsIn(piece));
      uncover(piece);
    });
    text.addEventListener("keydown", (event) => {
      if (!event.target.matches("[role=button]")) return;
      const all = stops(text);
      const place = all.indexOf(event.target);
      const to = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        if (all[to]) reach(all[to]);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(beginsIn(event.target), true);
      }
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen !== null) leave();
  });

  document.querySelectorAll("[data-kind]").forEach((box) => {
    box.addEventListener("change", () => {
      if (box.checked) off.delete(box.dataset.kind);
      else off.add(box.dataset.kind);
      root.classList.toggle(`no-${box.dataset.kind}`, !box.checked);
    });
  });

  // A claim of the table, or the address of a fact (`#growth:42-46`), shows it in the text.
  const go = (n) => {
    choose(n);
    const piece = between(facts[n].section, facts[n].start, facts[n].end)[0];
    if (piece) reach(piece);
    light(n);
  };
  document.querySelectorAll("a[data-fact]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(Number(link.dataset.fact));
    });
  });
  const named = () => {
    const n = facts.findIndex((fact) => fact.id === decodeURIComponent(location.hash.slice(1)));
    if (n >= 0) go(n);
  };
  window.addEventListener("hashchange", named);
  if (location.hash) named();
})();
