// What a Dataverse client does all day, on the instance at the URL that is given.
const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { DynamicsWebApi } = require("dynamics-web-api");

const api = new DynamicsWebApi({
  serverUrl: process.argv[2],
  dataApi: { path: "data", version: "1.0" },
});
const run = randomUUID();
const account = (name) => ({ name, accountNumber: `${run}-${name}`, createdOn: "2026-11-21T08:00:00Z" });
const refused = (status, promise) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.status, status, JSON.stringify(error));
    assert.equal(typeof error.message, "string");
    return true;
  });

const steps = {
  async "create, retrieve, update, delete"() {
    const id = await api.create({ collection: "accounts", data: account("a") });
    assert.match(id, /^[0-9a-f-]{36}$/);
    const created = await api.create({
      collection: "accounts", data: account("b"), returnRepresentation: true });
    assert.equal(created.name, "b");
    const read = await api.retrieve({ collection: "accounts", key: id, select: ["name", "city"] });
    assert.equal(read.name, "a");
    assert.equal(read.employees, undefined);
    await api.update({ collection: "accounts", key: id, data: { city: "Bern" } });
    const changed = await api.update({
      collection: "accounts", key: id, data: { employees: 7 }, returnRepresentation: true });
    assert.deepEqual([changed.city, changed.employees], ["Bern", 7]);
    await api.deleteRecord({ collection: "accounts", key: id });
    await refused(404, api.retrieve({ collection: "accounts", key: id }));
    await refused(404, api.update({ collection: "accounts", key: id, data: { city: "x" } }));
  },

  async "upsert by ID and by alternate key"() {
    const id = randomUUID();
    await api.upsert({ collection: "accounts", key: id, data: account("u") });
    await api.upsert({ collection: "accounts", key: id, data: { city: "Ulm" } });
    const key = `accountNumber='${run}-u'`;
    await api.upsert({ collection: "accounts", key, data: { country: "DE" } });
    const read = await api.retrieve({ collection: "accounts", key });
    assert.deepEqual([read.accountId, read.city, read.country], [id, "Ulm", "DE"]);
    // Only if it is there, and only if it is not: the client knows both by their statuses.
    assert.equal(await api.upsert({
      collection: "accounts", key: randomUUID(), data: account("v"), ifmatch: "*" }), null);
    assert.equal(await api.upsert({
      collection: "accounts", key: id, data: { city: "no" }, ifnonematch: "*" }), null);
    assert.equal((await api.retrieve({ collection: "accounts", key: id })).city, "Ulm");
  },

  async "optimistic locking"() {
    const id = await api.create({ collection: "accounts", data: account("o") });
    const read = await api.retrieve({ collection: "accounts", key: id });
    await api.update({ collection: "accounts", key: id, data: { city: "1" }, ifmatch: read["@odata.etag"] });
    const lost = await api.update({
      collection: "accounts", key: id, data: { city: "2" }, ifmatch: read["@odata.etag"] })
      .catch((e) => e.status);
    assert.ok(lost === 412 || lost === false, String(lost));
    assert.equal((await api.retrieve({ collection: "accounts", key: id })).city, "1");
  },

  async "references and expansions"() {
    const parent = await api.create({ collection: "accounts", data: account("p") });
    const child = await api.create({ collection: "accounts", data: {
      ...account("c"), "parentAccount@odata.bind": `/accounts(${parent})` } });
    const ticket = await api.create({ collection: "tickets", data: {
      ticketNumber: `${run}-t`, title: "Printer", priority: "HIGH", status: "OPEN",
      "account@odata.bind": `accounts(accountNumber='${run}-c')`, openedOn: "2026-11-21T08:00:00Z" } });
    const read = await api.retrieve({ collection: "tickets", key: ticket, expand: [
      { property: "account", select: ["name"], expand: [{ property: "parentAccount", select: ["name"] }] }] });
    assert.equal(read.account.parentAccount.name, "p");
    await api.disassociateSingleValued({
      collection: "accounts", primaryKey: child, navigationProperty: "parentAccount" });
    assert.equal((await api.retrieve({ collection: "accounts", key: child })).parentAccountId, null);
    await api.associateSingleValued({
      collection: "accounts", primaryKey: child, navigationProperty: "parentAccount",
      relatedCollection: "accounts", relatedKey: parent });
    assert.equal((await api.retrieve({ collection: "accounts", key: child })).parentAccountId, parent);
    await api.update({ collection: "accounts", key: child, data: { "parentAccount@odata.bind": null } });
    const name = await api.retrieve({ collection: "tickets", key: ticket, navigationProperty: "account", select: ["name"] });
    assert.equal(name.name, "c");
  },

  async "queries and pages"() {
    for (let i = 0; i < 5; i++) {
      await api.create({ collection: "contacts", data: {
        firstName: `F${i}`, lastName: run, createdOn: "2026-11-21T08:00:00Z" } });
    }
    const filter = `lastName eq '${run}'`;
    const page = await api.retrieveMultiple({ collection: "contacts", select: ["firstName"], filter,
      orderBy: ["firstName desc"], maxPageSize: 2, count: true });
    assert.equal(page.oDataCount, 5);
    assert.deepEqual(page.value.map((one) => one.firstName), ["F4", "F3"]);
    const next = await api.retrieveMultiple({ collection: "contacts" }, page.oDataNextLink);
    assert.deepEqual(next.value.slice(0, 2).map((one) => one.firstName), ["F2", "F1"]);
    const all = await api.retrieveAll({ collection: "contacts", filter, maxPageSize: 2 });
    assert.equal(all.value.length, 5);
    assert.equal(await api.count({ collection: "contacts", filter }), 5);
    const grouped = await api.retrieveMultiple({ collection: "contacts",
      apply: `filter(${filter})/groupby((lastName),aggregate($count as n))` });
    assert.equal(grouped.value[0].n, 5);
    await refused(400, api.retrieveMultiple({ collection: "contacts", filter: "nothing eq 1" }));
  },

  async "change tracking"() {
    const all = await api.retrieveMultiple({ collection: "accounts", select: ["name"], trackChanges: true });
    const id = await api.create({ collection: "accounts", data: account("tracked") });
    const delta = await api.retrieveMultiple({ collection: "accounts" }, all.oDataDeltaLink);
    assert.deepEqual(delta.value.map((one) => one.accountId), [id]);
    await api.deleteRecord({ collection: "accounts", key: id });
    const next = await api.retrieveMultiple({ collection: "accounts" }, delta.oDataDeltaLink);
    assert.deepEqual(next.value.map((one) => [one.id, one.reason]), [[id, "deleted"]]);
  },

  async "batches and change sets"() {
    const key = `accountNumber='${run}-batch'`;
    api.startBatch();
    api.create({ collection: "accounts", data: account("batch"), contentId: "1" });
    api.create({ collection: "tickets", data: {
      ticketNumber: `${run}-batch`, title: "In one go", priority: "LOW", status: "OPEN",
      "account@odata.bind": "$1", openedOn: "2026-11-21T08:00:00Z" } });
    api.retrieveMultiple({ collection: "accounts", filter: `accountNumber eq '${run}-batch'` });
    const [accountId, ticketId, found] = await api.executeBatch();
    assert.equal(found.value[0].accountId, accountId);
    assert.equal((await api.retrieve({ collection: "tickets", key: ticketId })).accountId, accountId);
    api.startBatch();
    api.update({ collection: "accounts", key, data: { city: "never" } });
    api.create({ collection: "accounts", data: account("batch") });
    const answers = await api.executeBatch();
    assert.deepEqual(answers.map((answer) => answer.status), [409]);
    assert.equal((await api.retrieve({ collection: "accounts", key })).city, null);
  },
};

(async () => {
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      console.log(`ok ${name}`);
    } catch (error) {
      console.error(`not ok ${name}`, error);
      process.exitCode = 1;
    }
  }
})();
