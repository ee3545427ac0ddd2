// Saves the page's answer after every pause in typing, one save at a time, and always says how it stands.

import { forget, keep, kept, keyOf } from "./drafts.js";
import { fieldsOf, fill, isOfAnswer, same } from "./fields.js";
import { freshToken, send } from "./sending.js";
import { say } from "./words.js";

const PAUSE = 800; // milliseconds after the last key
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 30000;

export function watch(form) {
  new Saver(form).begin();
}

class Saver {
  constructor(form) {
    this.form = form;
    this.address = `${form.getAttribute("action")}/save`;
    // Where the server could not save what it gives back, nothing counts as saved
    this.saved = "unsaved" in form.dataset ? {} : fieldsOf(form);
    this.busy = false;
    this.stopped = false; // a person must decide first: two texts, or no right to change any more
    this.leaving = false;
    this.retry = FIRST_RETRY;
  }

  begin() {
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("change", (event) => this.typed(event));
    this.form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => this.now());
    window.addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => document.hidden && this.now());
    window.addEventListener("beforeunload", (event) => this.warn(event));
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
    document.querySelector("[data-leave-out]")?.addEventListener("click", () => this.leaveOut());
    if ("unsaved" in this.form.dataset) this.keep();
    else this.putBack();
  }

  // What an earlier page in this tab could not save is back in the form, and saved from the text it was made from.
  putBack() {
    const draft = kept(keyOf(this.form));
    if (!draft) return;
    if (same(draft.fields, this.saved)) return forget(keyOf(this.form));
    this.form.elements.changes.value = draft.changes;
    this.form.elements.base.value = draft.base;
    fill(this.form, draft.fields);
    say("back", draft.at);
    this.wait(0);
  }

  draft() {
    const { changes, base } = this.form.elements;
    return { fields: fieldsOf(this.form), changes: changes.value, base: base.value, at: Date.now() };
  }

  get unsaved() {
    return !same(fieldsOf(this.form), this.saved);
  }

  typed(event) {
    if (!event.isTrusted || !isOfAnswer(event.target)) return;
    if (!this.unsaved) return;
    this.keep();
    if (this.stopped) return;
    say("typing");
    this.wait(PAUSE);
  }

  keep() {
    if (this.unsaved && !this.leaving) keep(keyOf(this.form), this.draft());
  }

  wait(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), pause);
  }

  async now() {
    clearTimeout(this.timer);
    if (this.busy || this.stopped || this.leaving || !this.unsaved) return;
    this.busy = true;
    say("saving");
    const draft = this.draft();
    const result = await send(this.address, this.form.elements.csrf_token.value, draft);
    this.busy = false;
    this.settle(draft, result);
  }

  settle(draft, result) {
    if (result.state === "saved") this.done(draft, result);
    if (this.going) return this.go();
    if (result.state === "saved") return;
    if (result.state === "old" || result.state === "out") return this.renew(result);
    if (result.state === "lost") return this.later("lost");
    this.stopped = true;
    say(result.state, result.message);
  }

  done(draft, result) {
    this.form.elements.changes.value = result.changes;
    this.form.elements.base.value = result.base;
    this.saved = draft.fields;
    this.retry = FIRST_RETRY;
    if (this.unsaved) {
      this.keep();
      return this.wait(PAUSE);
    }
    forget(keyOf(this.form));
    say("saved", Date.now());
  }

  async renew(result) {
    const fresh = await freshToken(this.form.getAttribute("action"), this.form.dataset.account);
    if (fresh.state === "fresh") {
      this.form.elements.csrf_token.value = fresh.token;
      return this.wait(0);
    }
    if (fresh.state === "refused") {
      this.stopped = true;
      return say("refused", fresh.message);
    }
    this.later(fresh.state === "lost" ? "lost" : fresh.state, result);
  }

  later(state) {
    say(state);
    this.wait(this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
  }

  // A save was on its way when a button was pressed: the form goes after it, with the number that it gave
  go() {
    const button = this.going;
    this.going = null;
    this.form.requestSubmit(button);
  }

  leaveOut() {
    this.leaving = true;
    forget(keyOf(this.form));
  }

  // Without a connection a button would lead to the browser's own error page
  leave(event) {
    if (!navigator.onLine && this.unsaved) {
      event.preventDefault();
      return say("offline");
    }
    if (this.busy) {
      event.preventDefault();
      this.going = event.submitter;
      return;
    }
    if (this.unsaved) keep(keyOf(this.form), { ...this.draft(), sent: true });
    this.leaving = true;
    setTimeout(() => (this.leaving = false), 5000); // should the server not answer, saving goes on here
  }

  warn(event) {
    if (this.unsaved && !this.leaving) event.preventDefault();
  }
}
