// Opens the shop by Vendure's own interfaces, as a merchant and guests would, with orders in each state.
const codes = { next: '' };
const MERCHANT = ['ReadOrder', 'UpdateOrder', 'ReadCustomer', 'ReadCatalog'];
const FAILED = '__typename ... on ErrorResult { message }';

async function openShop(base, source, told) {
  let token = '';
  const ask = async (api, query, variables, bearer) => {
    const headers = { 'Content-Type': 'application/json', ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}) };
    const response = await fetch(`${base}/${api}`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const body = await response.json();
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    for (const one of Object.values(body.data)) if (one && one.message) throw new Error(JSON.stringify(one));
    return { data: body.data, token: response.headers.get('vendure-auth-token') || bearer };
  };
  const admin = async (query, variables) => (await ask('admin-api', query, variables, token)).data;
  token = (await ask('admin-api', 'mutation { login(username: "superadmin", password: "superadmin") { __typename } }')).token;
  await settings(admin);
  const variants = await shelf(admin, told.shelf);
  for (const one of told.orders) await order(ask, admin, variants, one);
  const at = told.orders[0].placedAt;
  await source.query('UPDATE "order" SET orderPlacedAt = ?', [at]);
  await source.query('UPDATE history_entry SET createdAt = ?', [at]);
  await source.query('UPDATE fulfillment SET createdAt = ?', [at]);
  return { key: await apiKey(admin, MERCHANT), reads: await apiKey(admin, ['ReadOrder', 'ReadCustomer', 'ReadCatalog']), catalogue: await apiKey(admin, ['ReadCatalog']) };
}

async function apiKey(admin, permissions) {
  const role = await admin('mutation ($p: [Permission!]!, $c: String!) { createRole(input: { code: $c, description: $c, permissions: $p }) { id } }', { p: permissions, c: permissions.join('-') });
  const made = await admin('mutation ($r: [ID!]!) { createApiKey(input: { roleIds: $r, translations: [{ languageCode: en, name: "assistant" }] }) { apiKey } }', { r: [role.createRole.id] });
  return made.createApiKey.apiKey;
}

async function settings(admin) {
  const country = (await admin('mutation { createCountry(input: { code: "US", enabled: true, translations: [{ languageCode: en, name: "United States" }] }) { id } }')).createCountry.id;
  const zone = (await admin('mutation ($m: [ID!]) { createZone(input: { name: "World", memberIds: $m }) { id } }', { m: [country] })).createZone.id;
  const tax = (await admin('mutation { createTaxCategory(input: { name: "Standard", isDefault: true }) { id } }')).createTaxCategory.id;
  await admin('mutation ($z: ID!, $c: ID!) { createTaxRate(input: { name: "none", enabled: true, value: 0, categoryId: $c, zoneId: $z }) { id } }', { z: zone, c: tax });
  const channel = (await admin('{ activeChannel { id } }')).activeChannel.id;
  await admin(
    `mutation ($i: ID!, $z: ID!) { updateChannel(input: { id: $i, defaultTaxZoneId: $z, defaultShippingZoneId: $z, defaultCurrencyCode: USD,
      pricesIncludeTax: true, trackInventory: true }) { ${FAILED} } }`, { i: channel, z: zone },
  );
  const args = list => list.map(([name, value]) => `{ name: "${name}", value: "${value}" }`).join(', ');
  await admin(
    `mutation { createShippingMethod(input: { code: "standard", fulfillmentHandler: "manual-fulfillment",
      checker: { code: "default-shipping-eligibility-checker", arguments: [${args([['orderMinimum', '0']])}] },
      calculator: { code: "default-shipping-calculator", arguments: [${args([['rate', '499'], ['includesTax', 'auto'], ['taxRate', '0']])}] },
      translations: [{ languageCode: en, name: "Standard", description: "" }] }) { id } }`,
  );
  await admin(
    `mutation { createPaymentMethod(input: { code: "Visa ending 1111", enabled: true, handler: { code: "dummy-payment-handler",
      arguments: [${args([['automaticSettle', 'true']])}] }, translations: [{ languageCode: en, name: "Card", description: "" }] }) { id } }`,
  );
}

async function shelf(admin, products) {
  const category = (await admin('{ taxCategories { items { id } } }')).taxCategories.items[0].id;
  const variants = {};
  for (const [title, items] of products) {
    const slug = title.toLowerCase().replace(' ', '-');
    const product = (await admin(
      'mutation ($n: String!, $s: String!) { createProduct(input: { enabled: true, translations: [{ languageCode: en, name: $n, slug: $s, description: "" }] }) { id } }', { n: title, s: slug },
    )).createProduct.id;
    const optionIds = items.length > 1 ? await sizes(admin, product, slug, items) : [];
    const input = items.map(([sku, size, price, stock], place) => ({
      productId: product, sku, price, taxCategoryId: category, stockOnHand: stock, trackInventory: 'TRUE',
      ...(optionIds.length ? { optionIds: [optionIds[place]] } : {}), translations: [{ languageCode: 'en', name: `${title} ${size}`.trim() }],
    }));
    const made = (await admin('mutation ($i: [CreateProductVariantInput!]!) { createProductVariants(input: $i) { id sku } }', { i: input })).createProductVariants;
    for (const one of made) variants[one.sku] = one.id;
  }
  return variants;
}

async function sizes(admin, product, slug, items) {
  const options = items.map(([, size]) => ({ code: size.replace(' ', ''), translations: [{ languageCode: 'en', name: size }] }));
  const group = (await admin(
    `mutation ($c: String!, $o: [CreateGroupOptionInput!]!) { createProductOptionGroup(input: { code: $c,
      translations: [{ languageCode: en, name: "Size" }], options: $o }) { id options { id name } } }`, { c: `${slug}-size`, o: options },
  )).createProductOptionGroup;
  await admin('mutation ($p: ID!, $g: ID!) { addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }', { p: product, g: group.id });
  return items.map(([, size]) => group.options.find(one => one.name === size).id);
}

async function order(ask, admin, variants, told) {
  let token = '';
  const shop = async (query, variables) => {
    const found = await ask('shop-api', query, variables, token);
    token = found.token;
    return found.data;
  };
  codes.next = told.number;
  for (const [sku, count] of told.lines) {
    await shop(`mutation ($v: ID!, $q: Int!) { addItemToOrder(productVariantId: $v, quantity: $q) { ${FAILED} } }`, { v: variants[sku], q: count });
  }
  await shop(`mutation ($i: CreateCustomerInput!) { setCustomerForOrder(input: $i) { ${FAILED} } }`, { i: { firstName: 'Rosa', lastName: 'Diaz', emailAddress: told.email } });
  await shop(`mutation ($i: CreateAddressInput!) { setOrderShippingAddress(input: $i) { ${FAILED} } }`, { i: told.address });
  const way = (await shop('{ eligibleShippingMethods { id } }')).eligibleShippingMethods[0].id;
  await shop(`mutation ($m: [ID!]!) { setOrderShippingMethod(shippingMethodId: $m) { ${FAILED} } }`, { m: [way] });
  await shop(`mutation { transitionOrderToState(state: "ArrangingPayment") { ${FAILED} } }`);
  const made = (await shop(
    `mutation { addPaymentToOrder(input: { method: "Visa ending 1111", metadata: {} }) { ... on Order { id lines { id quantity } payments { id amount } } ${FAILED} } }`,
  )).addPaymentToOrder;
  for (const parcel of told.parcels) await send(admin, made, parcel);
  if (told.state === 'cancelled') await cancel(admin, made);
}

async function send(admin, order, parcel) {
  const lines = parcel.places.map(place => ({ orderLineId: order.lines[place].id, quantity: order.lines[place].quantity }));
  const handler = { code: 'manual-fulfillment', arguments: [{ name: 'method', value: parcel.carrier }, { name: 'trackingCode', value: parcel.tracking }] };
  const made = (await admin(
    `mutation ($i: FulfillOrderInput!) { addFulfillmentToOrder(input: $i) { ... on Fulfillment { id } ${FAILED} } }`, { i: { lines, handler } },
  )).addFulfillmentToOrder.id;
  for (const state of parcel.states) {
    await admin(`mutation ($i: ID!, $s: String!) { transitionFulfillmentToState(id: $i, state: $s) { ${FAILED} } }`, { i: made, s: state });
  }
}

async function cancel(admin, order) {
  await admin(`mutation ($i: CancelOrderInput!) { cancelOrder(input: $i) { ${FAILED} } }`, { i: { orderId: order.id, reason: 'asked for by telephone', cancelShipping: true } });
  const back = { paymentId: order.payments[0].id, amount: order.payments[0].amount, lines: [], shipping: 0, adjustment: 0, reason: 'cancelled' };
  await admin(`mutation ($i: RefundOrderInput!) { refundOrder(input: $i) { ${FAILED} } }`, { i: back });
}

module.exports = { openShop, codes };
