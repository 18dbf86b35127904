// Runs before the first paint, as its own blocking file: the policy allows no inline script.
try {
  const theme = localStorage.getItem("tallyman.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const density = localStorage.getItem("tallyman.density");
  if (density === "compact" || density === "comfortable")
    document.documentElement.dataset.density = density;
} catch {}
