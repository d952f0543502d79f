// The text and its facts: hover or focus joins a claim with its parts, a click or Enter shows all of a fact.
"use strict";
(() => {
  const page = JSON.parse(document.getElementById("facts").textContent);
  const panel = document.querySelector(".panel");
  const hint = [...panel.childNodes];
  const texts = [...document.querySelectorAll(".text")];
  const rank = ["growth", "money", "quantity", "date", "entity"];
  const off = new Set();

  // A fact as extract.view.packed has it: strings by their places, nothing at the end that is empty.
  const kindOf = (n) => page.kinds[page.facts[n][0]];
  const threes = (flat) => Array.from({ length: flat.length / 3 }, (_, n) => flat.slice(3 * n, 3 * n + 3));
  const unpacked = (n) => {
    const [, start, end, says, rule, values = [], section = 0, parts = [], steps = []] = page.facts[n];
    const text = (place) => page.strings[place];
    const kind = kindOf(n);
    return {
      kind, start, end, section, says: text(says), rule: text(rule), id: `${kind}:${start}-${end}`,
      values: page.columns[kind].map((name, place) => [name, text(values[place] ?? 0)]),
      parts: threes(parts).map(([role, ...span]) => [text(role), ...span]),
      steps: threes(steps).map((step) => step.map(text)),
    };
  };

  const make = (name, options = {}, ...children) => {
    const made = Object.assign(document.createElement(name), options);
    made.append(...children.filter((child) => child !== null));
    return made;
  };

  // The pieces of a text. What begins a fact is a button; the text is one stop of the Tab key.
  const pieces = texts.map((text) => {
    const elements = [...text.querySelectorAll("[data-a]")];
    elements.forEach((one) => {
      if (one.dataset.b === undefined) return;
      one.setAttribute("role", "button");
      one.tabIndex = -1;
    });
    return { elements, starts: elements.map((one) => Number(one.dataset.a)) };
  });
  const place = (section, start) => {
    const { starts } = pieces[section];
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const between = (section, start, end) => {
    const { elements } = pieces[section];
    return elements.slice(place(section, start), place(section, end));
  };
  const words = (fact) => between(fact.section, fact.start, fact.end).map((one) => one.textContent).join("");

  const visible = (piece) => (piece.dataset.f ?? "").split(" ").filter(Boolean).map(Number).filter((n) => !off.has(kindOf(n)));
  const beginsIn = (piece) => {
    const here = visible(piece);
    const first = here.filter((n) => page.facts[n][1] === Number(piece.dataset.a));
    return (first.length ? first : here).sort((a, b) => rank.indexOf(kindOf(a)) - rank.indexOf(kindOf(b)))[0];
  };

  // Curves from the size of a claim to each part, behind the words.
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
      lines.append(svg("path", { d: `M${start[0]} ${start[1]}C${start[0]} ${start[1] - lift} ${x} ${y - lift} ${x} ${y}` }));
    });
    text.append(lines);
    return lines;
  };

  let lit = [];
  let curves = null;
  const darken = () => {
    curves?.remove();
    lit.forEach((piece) => {
      piece.classList.remove("on", "part", "alone", "end");
      piece.removeAttribute("data-role");
    });
    lit = [];
  };
  const light = (n) => {
    darken();
    if (n === null || n === undefined) return;
    const fact = unpacked(n);
    const ends = [];
    (fact.parts.length ? fact.parts : [["", fact.start, fact.end]]).forEach(([role, start, end]) => {
      between(fact.section, start, end).forEach((piece, nth) => {
        piece.classList.add(role && role !== "size" ? "part" : "on");
        if (!role) piece.classList.add("alone");
        if (role && nth === 0) {
          piece.dataset.role = piece.dataset.role ? `${piece.dataset.role} · ${role}` : role;
          ends.push(piece);
        }
        lit.push(piece);
      });
    });
    const edge = texts[fact.section].getBoundingClientRect().right;
    ends.forEach((piece) => {
      const [box] = piece.getClientRects();
      if (box) piece.classList.toggle("end", edge - box.left < 9 * piece.dataset.role.length);
    });
    if (ends.length > 1) curves = join(texts[fact.section], ends[0], ends.slice(1).filter((one) => one !== ends[0]));
  };

  const fields = (pairs) =>
    make("dl", { className: "fields" }, ...pairs.flatMap(([name, value]) => [
      make("dt", { textContent: name }), make("dd", {}, make("bdi", { textContent: value }))]));
  const steps = (list) =>
    make("details", { className: "steps", open: list.length <= 12 }, make("summary", { textContent: "How it was found" }),
      make("ol", {}, ...list.map(([about, value, why]) =>
        make("li", {}, make("b", { textContent: about }), value ? make("bdi", { textContent: ` ${value} ` }) : " ", make("small", { textContent: why })))));
  const also = (n, fact) => {
    const others = new Set(between(fact.section, fact.start, fact.end).flatMap(visible));
    others.delete(n);
    if (!others.size) return null;
    return make("p", { className: "also" }, "Also here: ", ...[...others].map((other) => {
      const button = make("button", { type: "button", className: `badge ${kindOf(other)}`, textContent: `${kindOf(other)} ${words(unpacked(other))}` });
      button.addEventListener("click", () => choose(other, true));
      return button;
    }));
  };
  const show = (n) => {
    const fact = unpacked(n);
    const close = make("button", { type: "button", className: "close", textContent: "Close" });
    close.addEventListener("click", leave);
    const absent = fact.values.filter(([, value]) => !value).map(([name]) => name);
    const parts = [
      make("p", { className: "kind" }, make("span", { className: `badge ${fact.kind}`, textContent: fact.kind }), close),
      make("h2", {}, make("bdi", { textContent: words(fact) })),
      make("p", { className: "says" }, make("bdi", { textContent: fact.says })),
      fields([...fact.values.filter(([, value]) => value), ["rule", fact.rule], ["fact_id", fact.id]]),
      absent.length ? make("p", { className: "absent", textContent: `Not stated: ${absent.join(", ")}` }) : null,
      fact.steps.length ? steps(fact.steps) : null,
      also(n, fact),
    ];
    panel.replaceChildren(...parts.filter((one) => one !== null));
    panel.classList.remove("hint");
    panel.scrollTop = 0;
  };

  let chosen = null;
  const rows = new Map([...document.querySelectorAll("tr[data-fact]")].map((row) => [Number(row.dataset.fact), row]));
  const choose = (n, focus = false) => {
    rows.get(chosen)?.removeAttribute("aria-current");
    chosen = n;
    rows.get(n)?.setAttribute("aria-current", "true");
    light(n);
    show(n);
    if (focus) panel.focus({ preventScroll: true });
  };
  const leave = () => {
    const fact = unpacked(chosen);
    rows.get(chosen)?.removeAttribute("aria-current");
    chosen = null;
    panel.replaceChildren(...hint);
    panel.classList.add("hint");
    reach(pieces[fact.section].elements[place(fact.section, fact.start)]);
    darken();
  };

  // The sheet of a small screen, and the bar at its top, must not lie over what is looked at.
  const uncover = (piece) => {
    const [box] = piece.getClientRects();
    const sheet = getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().top : innerHeight;
    if (box && (box.top < 80 || box.bottom > sheet - 20)) scrollBy(0, box.top - (80 + sheet) / 2);
  };
  const stops = new Map(); // of each text, the piece that the Tab key goes to
  const stop = (piece) => {
    const text = piece.closest(".text");
    if (stops.has(text)) stops.get(text).tabIndex = -1;
    piece.tabIndex = 0;
    stops.set(text, piece);
    const says = visible(piece).map((n) => `${kindOf(n)}: ${unpacked(n).says}`);
    piece.setAttribute("aria-label", [piece.textContent, ...says].join(", "));
  };
  const reach = (piece) => {
    if (!piece?.hasAttribute("role")) return;
    stop(piece);
    piece.focus({ preventScroll: true });
    uncover(piece);
  };
  // The nearest button from a place on, in steps of one, that has a kind which is switched on.
  const nearest = (elements, from, step) => {
    for (let at = from; at >= 0 && at < elements.length; at += step) {
      if (elements[at].hasAttribute("role") && visible(elements[at]).length) return elements[at];
    }
    return null;
  };

  let pointer = {};
  texts.forEach((text, section) => {
    const { elements } = pieces[section];
    const first = nearest(elements, 0, 1);
    if (first) stop(first);
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
      if (!event.target.matches("mark[role]")) return;
      const at = place(section, Number(event.target.dataset.a));
      const to = {
        ArrowRight: [at + 1, 1], ArrowDown: [at + 1, 1], ArrowLeft: [at - 1, -1], ArrowUp: [at - 1, -1],
        Home: [0, 1], End: [elements.length - 1, -1],
      }[event.key];
      if (to) reach(nearest(elements, ...to));
      else if (event.key === "Enter" || event.key === " ") choose(beginsIn(event.target), true);
      else return;
      event.preventDefault();
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen !== null) leave();
  });

  document.querySelectorAll("[data-kind]").forEach((box) => {
    box.addEventListener("change", () => {
      if (box.checked) off.delete(box.dataset.kind);
      else off.add(box.dataset.kind);
      document.documentElement.classList.toggle(`no-${box.dataset.kind}`, !box.checked);
    });
  });

  // A claim of the table, or the address of a fact (`#growth:42-46`), shows it in the text.
  const go = (n) => {
    const [, start, , , , , section = 0] = page.facts[n];
    choose(n);
    reach(pieces[section].elements[place(section, start)]);
    light(n);
  };
  document.querySelector("#claim-table")?.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-fact]");
    if (!link) return;
    event.preventDefault();
    go(Number(link.dataset.fact));
  });
  const named = () => {
    const id = location.hash.slice(1).replace("%3A", ":");
    const n = page.facts.findIndex(([, start, end], at) => `${kindOf(at)}:${start}-${end}` === id);
    if (n >= 0) go(n);
  };
  panel.hidden = !page.facts.length;
  window.addEventListener("hashchange", named);
  if (location.hash) named();
})();
