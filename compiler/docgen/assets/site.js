// Search over the index of all declarations, and the choice of light or dark. Works from files: nothing is fetched.
(function () {
  "use strict";
  const root = document.documentElement;
  const kept = {
    get() { try { return localStorage.getItem("kdsl-theme"); } catch (error) { return null; } },
    set(theme) { try { localStorage.setItem("kdsl-theme", theme); } catch (error) { /* a page without storage forgets the choice */ } },
  };
  const chosenTheme = kept.get();
  if (chosenTheme === "dark" || chosenTheme === "light") root.dataset.theme = chosenTheme;
  document.querySelector(".theme").addEventListener("click", function () {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    kept.set(root.dataset.theme);
  });

  const box = document.getElementById("search");
  const found = document.getElementById("found");
  const prefix = document.body.dataset.prefix;
  const most = 25;
  let chosen = -1;

  /// Smaller is better; -1 is no match. Names that begin with the words come before those that contain them, then what says them.
  function score(entry, words) {
    const name = entry.name.toLowerCase();
    const text = (entry.module + " " + entry.doc).toLowerCase();
    let sum = 0;
    for (const word of words) {
      const last = name.slice(name.lastIndexOf(".") + 1);
      if (last === word) sum += 0;
      else if (last.startsWith(word)) sum += 1;
      else if (name.includes(word)) sum += 3;
      else if (text.includes(word)) sum += 8;
      else return -1;
    }
    return sum + (name.includes(".") ? 0.5 : 0);
  }

  function show() {
    found.textContent = "";
    chosen = -1;
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return;
    const matches = [];
    for (const entry of window.kdslIndex) {
      const value = score(entry, words);
      if (value >= 0) matches.push({ entry, value });
    }
    matches.sort((a, b) => a.value - b.value || a.entry.name.length - b.entry.name.length || (a.entry.name < b.entry.name ? -1 : 1));
    for (const match of matches.slice(0, most)) {
      const link = document.createElement("a");
      link.href = prefix + match.entry.url;
      link.textContent = match.entry.name + " ";
      const where = document.createElement("small");
      where.textContent = match.entry.word + " of " + match.entry.module;
      link.append(where);
      found.append(link);
    }
    if (matches.length === 0) found.textContent = "Nothing has that name.";
  }

  function choose(step) {
    const links = found.querySelectorAll("a");
    if (links.length === 0) return;
    if (chosen >= 0) links[chosen].classList.remove("chosen");
    chosen = (chosen + step + links.length) % links.length;
    links[chosen].classList.add("chosen");
    links[chosen].scrollIntoView({ block: "nearest" });
  }

  box.addEventListener("input", show);
  box.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") choose(1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? 0 : -1);
    else if (event.key === "Enter") {
      const link = found.querySelectorAll("a")[Math.max(chosen, 0)];
      if (link) location.href = link.href;
    } else if (event.key === "Escape") {
      box.value = "";
      show();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.target === box) return;
    event.preventDefault();
    box.focus();
  });
})();
