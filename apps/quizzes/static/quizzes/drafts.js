// Logging out leaves nothing behind: a form with `data-clear-drafts` takes all answers that still
// wait on this device with it. A page that offers to log out loads this.
for (const form of document.querySelectorAll("form[data-clear-drafts]")) {
  form.addEventListener("submit", () => {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("gureum.draft.")) localStorage.removeItem(key);
      }
      sessionStorage.clear();
    } catch {
      // storage is switched off: there is nothing to clear
    }
  });
}
