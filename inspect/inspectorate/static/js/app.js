// What scripts add to pages that work without them. Each module looks for its own marks and leaves the rest alone.

import { setUpArticles } from "./article.js";
import { setUpChoosers } from "./choose.js";
import { setUpDesk } from "./desk.js";
import { setUpDrafts } from "./drafts.js";
import { setUpFields } from "./fields.js";
import { setUpForms } from "./forms.js";
import { setUpPage } from "./page.js";
import { setUpReturns } from "./returns.js";
import { setUpRows } from "./rows.js";
import { setUpWhen } from "./when.js";

setUpRows();
setUpFields(document);
setUpChoosers(document);
setUpDrafts();
setUpWhen();
setUpForms();
setUpPage();
setUpArticles();
setUpDesk();
setUpReturns();
