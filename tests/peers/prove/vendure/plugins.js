// What the shop's owner adds to Vendure: the assistant's plugin of deploy/vendure.
const { GlasskinEvents } = require('../../../../deploy/vendure/glasskin-events');

const { PEER_EVENTS_URL: url, PEER_EVENTS_SECRET: secret } = process.env;
module.exports = { extraPlugins: () => [GlasskinEvents.init({ url, secret })] };
