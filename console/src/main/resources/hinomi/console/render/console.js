// Refreshes a page that asks for it, but never under somebody's hands: what was typed stays, and so
// does the place. Without scripts the page refreshes by its meta element; everything else works.
(function () {
  var seconds = Number(document.currentScript.getAttribute('data-refresh'));
  if (!seconds) {
    return;
  }
  function busy() {
    var fields = document.querySelectorAll('input,textarea');
    for (var i = 0; i < fields.length; i++) {
      if (fields[i] === document.activeElement || fields[i].value !== fields[i].defaultValue) {
        return true;
      }
    }
    return false;
  }
  setInterval(function () {
    if (!busy() && !document.hidden) {
      // What was done is said once; a reload keeps the place on the page.
      history.replaceState(null, '', location.href.replace(/([?&])done=[^&#]*&?/, '$1'));
      location.reload();
    }
  }, seconds * 1000);
})();
