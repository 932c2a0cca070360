// A shop of Vendure in one process, its database in memory: node shop.js, with the shelf and the orders as a line of JSON on standard input.
// Prints a line of JSON: where it is, where the tests steer it, and the key of an administrator's API key.
const {
  bootstrap, DefaultLogger, LogLevel, dummyPaymentHandler, TransactionalConnection, Order, RandomBytesApiKeyStrategy,
} = require('@vendure/core');
const crypto = require('crypto');
const http = require('http');
const { openShop, codes } = require('./opening');
const { extraPlugins } = require('./plugins');

const digest = text => crypto.createHash('sha256').update(text).digest('hex');
// bcrypt, which Vendure takes by itself, costs a quarter of a second for each request; a key of 32 random bytes needs none.
const quick = { hash: async text => digest(text), check: async (text, hash) => digest(text) === hash };

async function main(told) {
  const app = await bootstrap({
    apiOptions: { port: 0, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
      tokenMethod: ['bearer', 'api-key'], superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
      cookieOptions: { secret: 'peer' }, requireVerification: false, adminApiKeyStrategy: new RandomBytesApiKeyStrategy({ hashingStrategy: quick }),
    },
    dbConnectionOptions: { type: 'sqljs', synchronize: true, logging: false, autoSave: false },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    orderOptions: { orderCodeStrategy: { generate: () => codes.next } },
    plugins: extraPlugins(),
    logger: new DefaultLogger({ level: LogLevel.Error }),
  });
  const base = `http://127.0.0.1:${app.getHttpServer().address().port}`;
  const source = app.get(TransactionalConnection).rawConnection;
  const keys = await openShop(base, source, told);
  const opened = source.driver.export();
  const find = (number) => source.getRepository(Order).findOneOrFail({ where: { code: number }, relations: ['modifications', 'lines', 'lines.productVariant'] });

  const staff = {
    reset: async () => {
      source.driver.databaseConnection.close();
      await source.driver.load(opened);
      return {};
    },
    look: async ({ number }) => {
      const order = await find(number);
      const history = await source.query('SELECT type, data FROM history_entry WHERE orderId = ? ORDER BY id', [order.id]);
      const stock = await source.query('SELECT productVariantId AS id, stockOnHand, stockAllocated FROM stock_level ORDER BY productVariantId');
      return {
        state: order.state, address: order.shippingAddress, history: history.filter(one => one.type !== 'ORDER_STATE_TRANSITION'), stock,
        modifications: order.modifications.map(one => one.note),
      };
    },
    edit: async ({ number, fields }) => { await source.getRepository(Order).update({ code: number }, fields); return {}; },
    address: async ({ number, line1 }) => {
      const order = await find(number);
      await source.getRepository(Order).update({ id: order.id }, { shippingAddress: { ...order.shippingAddress, streetLine1: line1 } });
      return {};
    },
    sql: async ({ statement, values }) => ({ rows: await source.query(statement, values || []) }),
  };
  const control = http.createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const asked = JSON.parse(text);
    try {
      const answer = JSON.stringify(await staff[asked.do](asked));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer);
    } catch (error) {
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error.stack));
    }
  });
  control.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ shop: base, control: `http://127.0.0.1:${control.address().port}`, ...keys })));
}

require('readline').createInterface({ input: process.stdin }).once('line', line => main(JSON.parse(line)).catch(error => { console.error(error); process.exit(1); }));
