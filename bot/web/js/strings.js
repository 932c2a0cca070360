/** Every sentence the chat itself says. The assistant's answers come from the server. */
export const STRINGS = Object.freeze({
  name: "Glasskin",
  tagline: "Korean skincare, clearly explained",
  greeting:
    "Hello, I'm **Glasskin**. Ask me about Korean skincare: what goes together, how often, in which order, "
    + "and what suits your skin. I also know this shop's shelf, delivery and returns.",
  suggestions: Object.freeze([
    "Can I use an ampoule every day?",
    "Retinol with vitamin C?",
    "Show me serums for dry skin",
    "How long does delivery take?",
  ]),
  disclaimer: "Skincare information, not medical advice.",

  conversation: "Conversation",
  suggestedReplies: "Suggested replies",
  inputLabel: "Your message",
  inputPlaceholder: "Ask about your skincare",
  send: "Send message",
  restart: "Start over",
  restarted: "A new conversation has begun.",
  youSaid: "You said:",
  botSaid: "Glasskin said:",
  typing: "Glasskin is writing",
  charactersLeft: (count) => `${count} characters left`,

  sources: (count) => (count === 1 ? "Source" : `Sources (${count})`),
  sourceKinds: Object.freeze({
    regulator: "regulator",
    medical: "medical body",
    evidence: "published study",
    editorial: "editorial",
    brand: "brand",
    dataset: "data set",
    article: "article",
    unsourced: "no source on record",
  }),
  verdicts: Object.freeze({
    yes: "Yes",
    no: "Better not",
    careful: "With care",
    depends: "It depends",
    unknown: "Not known",
    doctor: "Ask a doctor",
  }),
  products: "Products",
  inStock: "In stock",
  soldOut: "Sold out",
  picture: "Picture from Glasskin",

  notSent: "Not sent",
  unanswered: "No answer",
  retry: "Try again",
  edit: "Edit message",
  noAnswer: "I have no answer to that. Could you ask it in other words?",
  errors: Object.freeze({
    offline: "I can't reach the shop just now. Please check your connection; your message is kept here.",
    timeout: "The answer is taking too long. Your message is kept here.",
    unreadable: "The answer didn't arrive in one piece. Your message is kept here.",
    refused: "Something went wrong on our side. Your message is kept here.",
    400: "I couldn't read that message. Could you write it differently?",
    413: "That message is too long for me. Could you shorten it?",
    429: "That was a lot of messages at once. Please wait a moment.",
    503: "I'm not available just now. Please try again in a moment.",
  }),

  page: Object.freeze({
    headline: "Clear answers for calm, dewy skin",
    lead: "Every answer comes from a rule or a source you can look at.",
    topics: Object.freeze([
      Object.freeze(["Routines", "Order, morning or evening, how often"]),
      Object.freeze(["Ingredients", "What works together and what to keep apart"]),
      Object.freeze(["Products", "Picks for your skin from this shop's shelf"]),
      Object.freeze(["Your order", "Delivery, returns and payment"]),
    ]),
  }),
});
