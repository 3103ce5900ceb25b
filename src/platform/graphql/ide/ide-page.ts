import { GRAPHQL_PATH } from '../error-answer.js';

/** Where the page's script and styles are. */
export const IDE_PATH = `${GRAPHQL_PATH}/ide`;

export const IDE_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Lectern GraphQL</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${IDE_PATH}/main.css">
    <style>html, body, #ide { height: 100%; margin: 0; }</style>
  </head>
  <body>
    <div id="ide"></div>
    <script src="${IDE_PATH}/main.js"></script>
  </body>
</html>
`;

/** The page works without any other host, and the browser holds it to that. The editor writes styles into elements. */
export const IDE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; img-src 'self' data:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};
