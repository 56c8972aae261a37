import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'node:http';
import { createApi } from '../api.js';
import { ordersAt } from '../orders.js';
import { total } from '../products.js';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const calls = [];
let answer;
let api;
let ordersService;
let base;

const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));

before(async () => {
  ordersService = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    calls.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  const port = await listen(ordersService);
  api = createApi({ orders: ordersAt(`http://127.0.0.1:${port}/key/`), shop: 'Test shop', log: () => {} });
  base = `http://127.0.0.1:${await listen(api)}`;
});

after(() => {
  api.close();
  ordersService.close();
});

const place = (order, headers = {}) =>
  fetch(`${base}/orders`, { method: 'POST', body: JSON.stringify(order), headers });

test('shows the products with the name of the shop', async () => {
  const response = await fetch(`${base}/products`);
  assert.equal(response.status, 200);
  const { shop, items } = await response.json();
  assert.equal(shop, 'Test shop');
  assert.ok(items.every((item) => item.id && item.name && item.price > 0));
});

test('places an order through the connection, in the same trace and with the same idempotency key', async () => {
  const order = { customer: 'Ada', lines: [{ product: 'mug', quantity: 2 }] };
  answer = { status: 201, body: { id: '1', ...order } };
  const response = await place(order, { traceparent: TRACE, 'Idempotency-Key': 'key-1' });
  assert.equal(response.status, 201);
  assert.equal((await response.json()).total, 2900);
  const call = calls.at(-1);
  assert.equal(call.url, '/key/orders');
  assert.equal(call.headers.traceparent, TRACE);
  assert.equal(call.headers['idempotency-key'], 'key-1');
  assert.deepEqual(JSON.parse(call.body), order);
});

test('names the field of a bad order, and does not pass the order on', async () => {
  const before = calls.length;
  const response = await place({ customer: 'Ada', lines: [{ product: 'yacht', quantity: 1 }] });
  assert.equal(response.status, 400);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.deepEqual((await response.json()).errors.map((it) => it.field), ['lines.0.product']);
  assert.equal(calls.length, before);
});

test('says 502 when the orders service fails, and 503 when it cannot be reached', async () => {
  answer = { status: 500, body: {} };
  assert.equal((await fetch(`${base}/orders`)).status, 502);
  const lonely = createApi({ orders: ordersAt('http://127.0.0.1:1'), shop: 'Test shop', log: () => {} });
  const port = await listen(lonely);
  assert.equal((await fetch(`http://127.0.0.1:${port}/orders`)).status, 503);
  lonely.close();
});

test('an order of things that are no longer sold still has a sum', () => {
  assert.equal(total([{ product: 'mug', quantity: 1 }, { product: 'gone', quantity: 3 }]), 1450);
});
