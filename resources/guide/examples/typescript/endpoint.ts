// A model of a fagsystem's endpoint (PostModtag) for Postfordeler, to copy from.
//
// Run it:  node endpoint.ts 9101 received        (Node 22.18 or newer, nothing to install; older: npx tsx endpoint.ts …)
// Try it:  postfordeler try-endpoint http://127.0.0.1:9101/postmodtag
//
// It reads the whole letter, by Content-Length or in chunks, and writes it to a file; checks that it is well-formed; says
// COMPLETED only when the file is on the disk as received/<messageUUID>.xml; answers a letter that it has already as before;
// and rejects what is broken or too large. It listens on this machine alone: TLS and the caller's key belong to the web
// server in front of it. Node has no XML parser: `messageUuid` is a small one, and a real one from npm does as well.
//
// Every type is inferred, so that it is JavaScript too: an older Node runs it under the name endpoint.mjs.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

const [port = "9101", folder = "received"] = process.argv.slice(2);
const LARGEST = 104_333_312;
const MEMO = "https://DigitalPost.dk/MeMo-1";

class Refused extends Error {
  status = 400;
  code = "memo.ugyldig";
}

const broken = (words = "the letter is no well-formed MeMo message") => new Refused(words);
const tooLarge = () => Object.assign(broken("the letter is larger than 104,333,312 bytes"), { status: 413, code: "memo.for_stor" });

/** Reads the letter to its end, so that it is known to be well-formed, and gives its messageUUID. */
const messageUuid = (bytes = Buffer.alloc(0)) => {
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(bytes.toString("latin1", 0, 200).replace("ï»¿", ""));
  const mark = bytes.readUInt16BE(0);
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : (declared?.[1] ?? "utf-8");
  const xml = new TextDecoder(encoding, { fatal: true }).decode(bytes); // throws for bytes that are no text
  const NAME = "[^\\s<>/=\"'&!?]+";
  const ATTRIBUTE = `\\s+(${NAME})\\s*=\\s*("[^"<]*"|'[^'<]*')`;
  const token = new RegExp(
    `<\\?.*?\\?>|<!--(?:(?!--).)*-->|<!\\[CDATA\\[(.*?)\\]\\]>|<(/?)(${NAME})((?:${ATTRIBUTE})*)\\s*(/?)>|[^<]+`, "gsy");
  const path = [{ name: "", tag: "", names: new Map([["", ""], ["xml", "http://www.w3.org/XML/1998/namespace"]]) }];
  let [end, roots, uuid] = [0, 0, ""];
  for (const [piece, section, slash, tag, attributes = "", , , empty] of xml.matchAll(token)) {
    end += piece.length;
    const inside = path[path.length - 1];
    if (tag === undefined) {
      const text = section ?? (piece.startsWith("<") ? "" : piece);
      if (section === undefined && /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)|\]\]>/.test(text)) throw broken();
      if (path.length === 1 && (section !== undefined || text.trim())) throw broken();
      if (path.map((it) => it.name).join() === `,${MEMO} Message,${MEMO} MessageHeader,${MEMO} messageUUID`) uuid += text;
    } else if (slash) {
      if (attributes || empty || path.length === 1 || path.pop()?.tag !== tag) throw broken();
    } else {
      if (path.length === 1 && ++roots > 1) throw broken();
      const names = new Map(inside.names);
      const written = [...attributes.matchAll(new RegExp(ATTRIBUTE, "g"))];
      if (new Set(written.map(([, name]) => name)).size < written.length) throw broken();
      for (const [, name, value] of written) {
        if (name === "xmlns" || name.startsWith("xmlns:")) names.set(name.slice(6), value.slice(1, -1));
      }
      const [local, prefix = ""] = tag.split(":").reverse();
      const namespace = names.get(prefix);
      if (namespace === undefined) throw broken();
      if (!empty) path.push({ name: `${namespace} ${local}`, tag, names });
    }
  }
  if (end !== xml.length || path.length !== 1 || roots !== 1) throw broken();
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid.trim())) throw broken();
  return uuid.trim().toLowerCase();
};

const server = createServer(async (request, response) => {
  const answer = (status = 200, message = "", receipt = "COMPLETED", code = "", words = "") => {
    const body = JSON.stringify({
      transmissionId: randomUUID(), messageUUID: message || null, receiptStatus: receipt, errorCode: code || null,
      errorMessage: words || null, timeStamp: new Date().toISOString(),
    });
    if (status !== 200) response.setHeader("Connection", "close"); // what is left of the letter is not read
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }).end(body);
  };
  const part = join(folder, `${randomUUID()}.part`);
  try {
    const file = await open(part, "wx", 0o600);
    try {
      let came = 0;
      for await (const piece of request) { // throws for a letter that is broken off: it is none
        came += piece.length;
        if (came > LARGEST) throw tooLarge();
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const message = messageUuid(await readFile(part));
    const kept = join(folder, `${message}.xml`);
    if (!existsSync(kept)) await rename(part, kept); // a letter that is here already is answered as before
    answer(200, message);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    if (error instanceof Refused) answer(error.status, "", "INVALID", error.code, error.message);
    else if (error instanceof TypeError || error instanceof RangeError) answer(400, "", "INVALID", "memo.ugyldig", "the letter is no text");
    else answer(503, "", "INVALID", "fagsystem.fejl", "the letter could not be kept"); // the disk, say: it comes again
  } finally {
    await rm(part, { force: true });
  }
});

mkdirSync(folder, { recursive: true, mode: 0o700 });
server.listen(Number(port), "127.0.0.1", () => {
  const address = server.address();
  const at = address && typeof address === "object" ? address.port : port;
  console.log(`Receiving at http://127.0.0.1:${at}/postmodtag`);
});
