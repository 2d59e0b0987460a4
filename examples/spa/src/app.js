// `getSession` asks once; `onSession` asks, and goes on telling, from other tabs too.
import { onSession, signIn, signOut } from "/api/auth/client.js";

const element = (id) => document.getElementById(id);

element("sign-in").onclick = () => signIn(); // to the sign-in page, and back to this one
element("sign-out").onclick = () => signOut({ redirect: false }); // `show` hears of it
element("load").onclick = load;
onSession(show);

/** Shows a person their notes and a guest the way in. */
function show(session) {
  element("who").textContent = session ? `Hello ${session.user.name}!` : "You are not signed in.";
  element("guest").hidden = session !== null;
  element("person").hidden = session === null;
  element("notes").replaceChildren(); // of whoever was here before
  if (session) load();
}

/** Fetches the notes. A session can end while the page is open: then it is time to sign in again. */
async function load() {
  const answer = await fetch("/api/notes");
  if (answer.status === 401) return signIn();
  // A 503, say, when it cannot be told who asks: the notes that are shown stay.
  element("trouble").textContent = answer.ok ? "" : "The notes cannot be fetched now. Try again later.";
  if (!answer.ok) return;
  const items = (await answer.json()).map((text) => {
    const item = document.createElement("li");
    item.textContent = text; // as text: it may be anybody's
    return item;
  });
  element("notes").replaceChildren(...items);
}
