// Everything works without this file; it adds comfort. One concern a module.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { carryOn } from "./carry_on.js";
import { watchConnection } from "./connection.js";
import { listenForKeys } from "./keys.js";
import { guideFocus } from "./focus.js";
import { lockWhenIdle } from "./lock.js";
import { offerPasskeys } from "./passkeys.js";

document.documentElement.classList.add("js");
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const parts = [Button, ErrorSummary, ExitThisPage, PasswordInput, ServiceNavigation, SkipLink];

/** Wake the parts found under `scope` that are still asleep. */
function wake(scope) {
  for (const Part of parts) {
    for (const root of scope.querySelectorAll(`[data-module="${Part.moduleName}"]`)) {
      if (!root.hasAttribute(`data-${Part.moduleName}-init`)) new Part(root);
    }
  }
}

wake(document);
watchConnection(document.querySelector("[data-connection]"));
listenForKeys();
guideFocus(wake);
offerPasskeys();
lockWhenIdle(document.querySelector("[data-lock]"));
carryOn(document.querySelector("[data-carry-on]"));
