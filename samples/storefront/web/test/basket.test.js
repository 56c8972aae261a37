import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, lines, total } from '../site/basket.js';

const products = [{ id: 'mug', price: 1450 }, { id: 'lamp', price: 4900 }];

test('adds up what is in it', () => {
  const basket = add(add(add(new Map(), 'mug'), 'lamp'), 'mug');
  assert.equal(total(basket, products), 7800);
  assert.deepEqual(lines(basket), [{ product: 'mug', quantity: 2 }, { product: 'lamp', quantity: 1 }]);
});

test('forgets a product when none is left of it', () => {
  assert.deepEqual(lines(add(add(new Map(), 'mug'), 'mug', -1)), []);
});

test('holds no more of a product than an order may have', () => {
  assert.equal(add(add(new Map(), 'mug', 99), 'mug', 5).get('mug'), 100);
});
