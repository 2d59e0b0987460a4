// A page of a React application that signs people in with next-auth 4.

import * as client from "next-auth/react";
import { createRoot } from "react-dom/client";

function Who() {
  const { data, status, update } = client.useSession();
  // For the checks, which press no buttons of their own.
  globalThis.client = { ...client, update };
  return <p id="who" data-status={status}>{data?.user?.name ?? "nobody"}</p>;
}

createRoot(document.querySelector("#root")).render(
  <client.SessionProvider><Who /></client.SessionProvider>,
);
