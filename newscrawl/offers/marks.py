"""How pages' markup names subscription prompts, and how they invite beside a story: data that extraction asks for."""

#: CSS selectors of prompts.
SELECTORS = ("[class*=newsletter-signup]",)
#: Words of class and id of elements that hold one, as a regular expression for lower case, or of a story about one.
CLASS_WORDS = r"newsletter\w*|subscri\w+|sign-?up|regwall|login|donat\w+"
#: A paragraph that reads so (whole, in any case) is an invitation to follow or write to the publisher.
INVITATIONS = (
    r"(?:please )?(?:follow|like|find|join) .{2,120}"
    r"\b(?:twitter|facebook|instagram|telegram|whatsapp|youtube|linkedin|tiktok)\b.{0,120}",
    r"(?:like|enjoyed?|love) this (?:story|article|post)\?.*",
    r"(?:have|got) (?:a|any) (?:news )?(?:tip|story|question)s?\b.{0,20}\?.*",
    r"(?:e-?mail|contact|reach|write to) .{3,80}@.*",
    r"(?:click|tap) here (?:to|for)\b.*",
)
