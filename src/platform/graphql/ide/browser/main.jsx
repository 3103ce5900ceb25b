import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/graphiql.css';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const FIRST_QUERY = `# 1. Put your API key into Headers below, in place of
#    ID:SECRET. The service told at its start where the
#    administrator's key is.
# 2. Press Ctrl+Enter to run this query.
# 3. The book on the left documents every type.

query WhoIsCalling {
  viewer {
    organization {
      name
    }
    apiKey {
      name
      scopes
    }
  }
}
`;
const HEADERS_HINT = JSON.stringify({ Authorization: 'Bearer ID:SECRET' }, null, 2);

const subscriptions = Object.assign(new URL(location.href), { protocol: location.protocol.replace('http', 'ws') });
const newFetcher = () => createGraphiQLFetcher({ url: location.pathname, subscriptionUrl: subscriptions.href });

/** The key in the text of the headers editor, once that is JSON again. */
function keyIn(headers) {
  try {
    return JSON.parse(headers).Authorization;
  } catch {
    return undefined;
  }
}

function Ide() {
  const [key, setKey] = useState();
  const [fetcher, setFetcher] = useState(newFetcher);
  const onEditHeaders = (headers) => {
    const edited = keyIn(headers);
    if (!edited || edited === key) return;
    setKey(edited);
    setFetcher(newFetcher); // another fetcher makes GraphiQL load the documentation again, now with the key
  };
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={FIRST_QUERY}
      defaultHeaders={HEADERS_HINT}
      defaultEditorToolsVisibility="headers"
      onEditHeaders={onEditHeaders}
    />
  );
}

createRoot(document.getElementById('ide')).render(<Ide />);
