// Gives cookies to a browser that runs already, as a sign-in would: arguments are the folder of
// the npm packages, the browser's port, the address, and the cookies as JSON {name: value}.
// As a header of Lighthouse's they would get lost once a page sets a cookie of its own.
import { createRequire } from "node:module";

const [folder, port, url, cookies] = process.argv.slice(2);
const puppeteer = createRequire(`${folder}/`)("puppeteer-core");
const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}` });
const given = Object.entries(JSON.parse(cookies)).map(([name, value]) => ({ name, value, url }));
const [page] = await browser.pages();
await page.setCookie(...given);
await browser.disconnect();
