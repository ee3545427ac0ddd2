// Saves the answer on a page of an assessment while it is being typed. Without this script its buttons save it.

import { watch } from "./assessment/saving.js";
import { offer, sendWaiting } from "./assessment/waiting.js";

const form = document.querySelector("form[data-answer]");
const closed = document.getElementById("not-saved");

if (form) watch(form);
if (closed) offer(closed);
sendWaiting(form ?? closed);
