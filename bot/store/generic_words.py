"""Words that many products share and that people use when they mean no product in particular.

A title made of these alone ("Vitamin C Brightening Serum") names a product only together with its brand.
"""

from __future__ import annotations

_KINDS = """
ampoule ampule ampul balm bar bb beauty booster bottle bubble butter capsule cc clay cleanser cleansing
cosmetic cosmetics cream cushion day double duo emulsion essence exfoliant exfoliating exfoliator eye
eyes face facial fluid foam foaming formula gel hydrogel jar jelly kit lip liquid lotion makeup mask masks milk
mist moisturiser moisturizer mousse night oil ointment overnight pack pad pads patch patches peel peeling
pore pores powder primer product products remover routine scrub serum set sheet shield skin skincare
sleep sleeping softener spf spot spray stick sun sunblock suncream sunscreen toner toners treatment tube
uv wash water wrinkle
"""

_CLAIMS = """
acid acne ageing aging anti balance balancing barrier blackhead blackheads blemish breakout breakouts
bright brightening bumps calm calming care clarifying clean clear collagen combination comfort complexion
cooling cushiony daily dark deep dehydrated derm dewy dry dryness dull dullness elasticity energizing extra
firming fragrance free fresh gentle glass glow glowing glowy hydra hydrating hydration hypoallergenic
intense intensive lifting light lightweight marks matte mattifying mild mineral moist moisture
moisturising moisturizing natural nourishing oily organic oiliness perfecting pigmentation pimple pimples
plump plumping purifying quick radiance radiant rebalancing redness refreshing relief renewal renewing
retexturing revitalizing rich sebum sensitive shine silky smooth smoothing soft softening soothing spots
super supple texture tightening tone toning ultra unscented vegan velvety watery waterproof whitening
zero
"""

_SUBSTANCES = """
aha algae aloe arbutin azelaic bakuchiol barley bean berry bha bifida biocellulose birch botanical
butylene caffeine calendula camellia carrot centella ceramide ceramides chamomile charcoal cica coconut
complex copper cypress enzyme exosome extract ferment fermented ferulic fruit galactomyces ginger ginseng
gluconolactone glutathione glycerin glycolic grapefruit green ha hazel heartleaf herb herbal hinoki honey
houttuynia hyaluron hyaluronic hydrocolloid jeju jojoba kelp lactic lavender leaf lemon licorice
madecassoside mandelic marula matcha microdot microneedle mineral mucin mugwort mulberry mushroom niacin
niacinamide oat olive panthenol papaya peptide peptides pha pine plant plum pomegranate probiotic
propolis red resveratrol retin retinal retinoid retinol rice root rose rosehip sake salicylic sap sea
seaweed shea snail soy squalane squalene sulfur tea teatree tranexamic tree tretinoin turmeric urea
vinegar vita vitamin vitamins volcanic witch yeast yogurt yuja yuzu zinc
"""

_SIZES = "ml g oz fl mg kg ea pcs piece pieces sheets patches mini travel refill jumbo large small"

_LINKING = "a an and at by de for from in la le my no of on or our plus the to with your"

LINKING_WORDS = frozenset(_LINKING.split())
KIND_WORDS = frozenset(_KINDS.split())
CLAIM_WORDS = frozenset(_CLAIMS.split())
SIZE_WORDS = frozenset(_SIZES.split())
TOPIC_WORDS = KIND_WORDS | SIZE_WORDS | frozenset(_SUBSTANCES.split())
"""What skincare is talked about with: kinds of product and what is in them."""
GENERIC_WORDS = TOPIC_WORDS | CLAIM_WORDS | LINKING_WORDS
