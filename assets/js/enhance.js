// Says that scripts run, before the page is painted, so that nothing jumps. It stands alone and blocks,
// because our Content-Security-Policy allows no script inside the page.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
