"use strict";
// First in the body: the styles know from here on whether scripts run. Every page works without them.
document.body.classList.add("js-enabled");
