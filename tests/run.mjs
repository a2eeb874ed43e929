// Runs every test runner of the house and adds up what they say: `./fieldnet test [FILTER]`, after the build.
// FILTER keeps the runners whose name contains it, in any case (`./fieldnet test capture`). Exit code 1: something failed.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, closeSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, "artifacts", "test");
const web = join(root, "dashboards", "web");
const endToEnd = "FieldNet.EndToEnd.Tests";

/** A test project of ours is an executable (xunit.v3) that writes CTRF. */
const dotnetRunner = (name) => ({
  name,
  limitSeconds: name === endToEnd ? 420 : 150,
  cwd: root,
  command: ["dotnet", join(root, "tests", name, "bin", "Release", "net10.0", `${name}.dll`), "-noColor", "-noLogo", "-ctrf", report(name)],
  read: ({ results }) => ({
    passed: results.summary.passed,
    failed: results.summary.failed,
    skipped: results.summary.skipped + results.summary.pending + results.summary.other,
    failures: results.tests.filter((t) => t.status === "failed").map((t) => ({ name: t.name, text: `${t.message ?? ""}\n${t.trace ?? ""}` })),
    skips: results.tests.filter((t) => t.status === "skipped").map((t) => t.message ?? "no reason given"),
  }),
});

const webRunner = (name) => ({
  name,
  limitSeconds: 240,
  cwd: web,
  command: [process.execPath, join(web, "node_modules", "vitest", "vitest.mjs"), "run", "--reporter=dot", "--reporter=json", `--outputFile=${report(name)}`],
  read: (json) => {
    const tests = json.testResults.flatMap((file) => file.assertionResults);
    const broken = json.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    const failures = [
      ...tests.filter((t) => t.status === "failed").map((t) => ({ name: t.fullName, text: t.failureMessages.join("\n") })),
      ...broken.map((file) => ({ name: file.name, text: file.message })),
    ];
    return {
      passed: json.numPassedTests,
      failed: failures.length,
      skipped: json.numPendingTests + json.numTodoTests,
      failures,
      skips: tests.filter((t) => t.status === "pending" || t.status === "skipped").map(() => "marked so in its file"),
    };
  },
});

function report(name) {
  return join(results, `${name.replaceAll("/", "-")}.json`);
}

/** The end-to-end project comes last: the others are quick and say more exactly what broke. */
function runners(filter) {
  const projects = readdirSync(join(root, "tests")).filter((name) => name.endsWith(".Tests") && name !== endToEnd);
  const all = [...projects.sort().map(dotnetRunner), ...(existsSync(join(web, "package.json")) ? [webRunner("dashboards/web")] : []), dotnetRunner(endToEnd)];
  return all.filter((runner) => runner.name.toLowerCase().includes(filter.toLowerCase()));
}

/** Resolves to how the runner ended; past its limit the runner and whatever it started are ended. */
function execute({ command, cwd, limitSeconds }, log) {
  return new Promise((resolve) => {
    const output = openSync(log, "w");
    const child = spawn(command[0], command.slice(1), { cwd, stdio: ["ignore", output, output], detached: true });
    let ending = null;
    const end = (why) => {
      ending ??= why;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch (error) {
        if (error.code !== "ESRCH") throw error; // already gone
      }
    };
    const timer = setTimeout(() => end(`not done after ${limitSeconds} s`), limitSeconds * 1000);
    const interrupt = () => {
      end("interrupted");
      process.exit(130);
    };
    process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    const done = (how) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
      closeSync(output);
      resolve(ending ?? how);
    };
    child.once("error", (error) => done(error.message));
    child.once("exit", (code, signal) => done(code === 0 ? null : signal ?? `exit code ${code}`));
  });
}

const tail = (file, lines) => readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
const indent = (text) => text.trimEnd().replace(/^/gm, "      ");

async function run(runner) {
  const started = performance.now();
  const json = report(runner.name);
  const log = json.replace(/json$/, "log");
  rmSync(json, { force: true });
  const wrong = await execute(runner, log);

  let outcome = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
  let unread = null;
  try {
    outcome = runner.read(JSON.parse(readFileSync(json, "utf8")));
  } catch (error) {
    unread = `no readable result: ${error.message}`;
  }
  // A runner that broke down without naming a failed test counts as one failure of its own.
  const breakdown = [wrong, unread].filter(Boolean).join(", ");
  if (breakdown && outcome.failed === 0) {
    outcome.failed = 1;
    outcome.failures.push({ name: `${runner.name}: ${breakdown}`, text: tail(log, 30) });
  }

  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${outcome.failed ? "✗" : "✓"} ${runner.name.padEnd(30)} ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped, ${seconds} s`);
  for (const { name, text } of outcome.failures) {
    console.log(`    ${name}\n${indent(text)}`);
  }
  for (const reason of new Set(outcome.skips)) {
    console.log(`    ${outcome.skips.filter((r) => r === reason).length} skipped: ${reason}`);
  }
  return outcome;
}

const [filter = "", ...rest] = process.argv.slice(2);
const chosen = runners(filter);
if (rest.length > 0 || filter.startsWith("-") || chosen.length === 0) {
  console.error(`usage: ./fieldnet test [FILTER]; FILTER is a part of one of: ${runners("").map((r) => r.name).join(", ")}`);
  process.exit(2);
}

mkdirSync(results, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
for (const runner of chosen) {
  const outcome = await run(runner);
  for (const key of Object.keys(total)) total[key] += outcome[key];
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed + total.skipped > 0 ? 0 : 1);
