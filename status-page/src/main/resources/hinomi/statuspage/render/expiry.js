// The net for copies on static hosts: says "unknown" when the copy is older than it may be. The
// host's clock decides, the reader's only when the host cannot be asked. Everything works without.
(function () {
  var root = document.documentElement;
  var until = Date.parse(root.getAttribute('data-until') || '');
  function judge(now) {
    if (now > until) {
      root.className = 'stale';
    }
  }
  if (until) {
    fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
      function (answer) {
        judge(Date.parse(answer.headers.get('Date') || '') || Date.now());
      },
      function () {
        judge(Date.now());
      });
  }
})();
