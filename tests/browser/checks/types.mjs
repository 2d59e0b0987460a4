// `client.d.ts`, as an application's compiler takes it, and beside what the module really exports.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import ts from "typescript";

import { expect, same } from "../lib/checks.mjs";

const FOLDER = fileURLToPath(new URL("../types/", import.meta.url));
const DECLARED = fileURLToPath(new URL("../../../auth-core/src/client/client.d.ts", import.meta.url));

export async function types(checks, { sites }) {
  await checks.check("the_types_accept_what_is_right_and_refuse_what_is_wrong", async () => {
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    // It prints what it finds, and ends with an error if that is anything.
    await promisify(execFile)("node", [tsc, "--project", FOLDER]).catch(({ stdout, message }) => {
      throw new Error(stdout || message);
    });
  });

  await checks.check("the_types_declare_what_the_module_exports", async () => {
    const served = await fetch(`${sites.one}/api/auth/client.js`).then((answer) => answer.text());
    const exported = functions(ts.createSourceFile("client.js", served, ts.ScriptTarget.Latest));
    const text = ts.sys.readFile(DECLARED);
    const declared = functions(ts.createSourceFile("client.d.ts", text, ts.ScriptTarget.Latest));
    expect(Object.keys(exported).length >= 7, `only ${Object.keys(exported)}`);
    same(declared, exported, "functions and their parameters");
  });
}

/** The exported functions, each with the names of its parameters: of several forms, the longest. */
function functions(source) {
  const found = {};
  for (const statement of source.statements) {
    const isExported = ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) continue;
    // Values that are no functions would need a line of their own here.
    if (!ts.isFunctionDeclaration(statement)) throw new Error(statement.getText(source));
    const names = statement.parameters.map((parameter) => parameter.name.getText(source));
    const before = found[statement.name.text] ?? [];
    found[statement.name.text] = names.length > before.length ? names : before;
  }
  return Object.fromEntries(Object.entries(found).sort());
}
