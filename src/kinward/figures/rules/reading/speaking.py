"""The words by which texts say who says something, in English and in Russian."""

from __future__ import annotations

import re
from typing import Final

WEEKDAYS: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# Russian verbs of saying: what their past is made of, and their present.
PAST: Final = (
    "сообщи заяви сказа отмети рассказа добави уточни поясни подчеркну написа переда напомни "
    "подтверди утвержда объяви проинформирова доложи указа замети ответи призна предупреди "
    "констатирова оцени сообща заявля отмеча рассказыва добавля уточня поясня подчёркива писа "
    "передава напомина подтвержда говори счита объявля докладыва указыва признава предупрежда "
    "оценива насчита подсчита выясни пообеща полага озвучи пожалова ссыла"
)
PRESENT: Final = (
    "сообща заявля отмеча рассказыва добавля уточня поясня подчёркива напомина подтвержда утвержда "
    "счита объявля докладыва указыва предупрежда оценива полага"
)
SAYING: Final = {
    "en": r"(?:was|were|is|are) (?:quoted|cited) as saying|go(?:es)? on to say|went on to say|"
    r"said|says?|told|tells|added|adding|adds?|estimates|estimated|estimate(?= that)|warn(?:ed|s)?|"
    r"reports|reported|announce[ds]|confirm(?:ed|s)|stated|states(?= that)|claim(?:ed|s|(?= that))|"
    r"believe[ds]?|"
    r"gives|lists|puts?|knew|knows|ordered|ruled|wrote|writes?|posted|"
    r"spoke of|spoken of|speaks? of|insist(?:ed|s)|noted|notes(?= that)|explain(?:ed|s)|"
    r"acknowledge[ds]|"
    r"declare[ds]|stressed|recall(?:ed|s)|revealed|disclosed|cautioned|replied|answered|remarked|"
    r"mentioned|asserted|maintain(?:ed|s)|conceded|admit(?:ted|s)|argue[ds]?|testified|concluded|"
    r"recounted|pointed out|complained|alleged|found that|finds that|reckons?",
    "ru": rf"(?:{PAST.replace(' ', '|')})л(?:а|о|и|ся|ась|ись)?|"
    rf"(?:{PRESENT.replace(' ', '|')})[ею]т|"
    r"говор[ия]т|пишут|пишет|переда[ёею]т|ссыла[ею]тся|призна[ёею]т|знают|говорится",
}
ACCORDING: Final = {
    "en": r"(?:according to|in the (?:words|view|opinion) of|citing|quoting|"
    r"as (?:reported|told) by) "
    r"(?:(?:the )?(?:estimates?|figures|data|an? report|an? statement|reports) "
    r"(?:from|by|of) )?",
    "ru": r"со ссылкой на |ссылаясь на |согласно (?:данным|сведениям|сообщению|заявлению) |"
    r"если верить (?:данным|спискам|словам|сообщени[юям]+|подсч[её]там) |"
    r"следует из (?:сообщения|доклада|заявления|ответа|отчёта|данных|письма|материалов) |"
    r"(?:по|со) (?:словам?|данным|сведениям|информации|оценк(?:ам|е)|подсч[её]там|мнению|"
    r"сообщени(?:ю|ям)|заявлени(?:ю|ям)|утверждени(?:ю|ям)|версии|свидетельств(?:у|ам)) |"
    r"говорится (?:в|на) (?:(?:докладе|сообщении|заявлении|странице|пресс-релизе) )?",
}
CITING: Final = re.compile(r"citing|quoting|со ссылкой|ссылаясь", re.IGNORECASE)
FIGURES_OF: Final = re.compile(r"\b(?:figures|data|estimates?|данные) ", re.IGNORECASE)
# Whoever was told of before says it: "in her count", "по его словам".
IN_THEIR_WORDS: Final = {
    "en": r"\b(?:in|by) (?:his|her|their|its) (?:own )?"
    r"(?:words|count|view|estimate|reckoning|telling|account)\b",
    "ru": r"\b(?:по|согласно) (?:его|е[её]|их) (?:собственным )?"
    r"(?:словам|данным|сведениям|информации|оценк(?:ам|е)|подсч[её]там|мнению|версии)\b",
}
# Who is no speaker by themselves, but somebody told of before.
PERSON: Final = (
    r"he|she|him|her|the (?:official|politician|lawmaker|diplomat|activist|woman|man|grandmother|"
    r"grandfather)|он|она|омбудсмен|чиновни(?:к|ца)|политик|парламентарий|дипломат|"
    r"правозащитни(?:к|ца)|собеседни(?:к|ца)(?: агентства| издания)?"
)
PERSON_AGAIN: Final = re.compile(PERSON, re.IGNORECASE)
AGAIN: Final = {
    "en": rf"{PERSON}|it|they|them|(?:the|its|their|his|her) (?:statement|report|list|authors?)",
    "ru": rf"{PERSON}|они|там|ведомств\w+|в (?:ведомстве|аппарате|нём|ней)|"
    r"(?:в )?(?:сообщени|заявлени|доклад|документ|письм|публикаци)\w{1,2}|(?:его|её) авторы",
}
GOES_ON: Final = {
    "en": r"(?:he|she|it|they|of (?:the|those|these|them))\b",
    "ru": r"(?:он|она|они|там|из них)\b",
}
NOT_WHO: Final = re.compile(
    r"^(?:(?:with|of|to|for|about|с|со|о|об|у|к|из|для)\s)?(?:who|whom|which|that|whose|котор\w+)\b",
    re.IGNORECASE,
)
# What stands between commas beside who speaks: "speaking on condition of anonymity".
ASIDE: Final = re.compile(
    r"^(?:for (?:his|her|its|their) part|in turn|however|meanwhile|too|в свою очередь|кроме того|"
    r"(?:speaking|asked|citing|quoting|referring|reached|writing|interviewed|appearing|standing|"
    r"sitting|talking|published|released|drawn|prepared)\b.*|"
    r"[а-яё]+(?:вш|щ)(?:ий|ая|ее|ие|его|ей|их|им|ую)(?:ся)?\b.*|"
    r"[а-яё]+нн(?:ый|ая|ое|ые|ого|ой|ых|ым|ом)\b.*)$",
    re.IGNORECASE,
)
DOCUMENT: Final = (
    r"statement|report|email|e-mail|letter|interview|post|message|briefing|video|speech|study|"
    r"broadcast|article"
)
LEADING: Final = re.compile(
    r"^(?:(?:and|but|while|whereas|that|meanwhile|then|also|as|earlier|later|как|что|а|и|но|однако|"
    r"между тем|тем временем|при этом|об этом(?: же)?|ранее|позже|накануне|хотя|тогда как|"
    r"кроме того|"
    rf"in (?:an?|the|its|his|her|their) (?:\w+ )?(?:{DOCUMENT})(?: on \w+| to \w+)?|"
    r"(?:in|on|last|during|at the|by) (?:[a-z]+-)?\w+|в \w+(?=\s[а-яё]+\w* )),?\s+)+",
    re.IGNORECASE,
)
# What stands between who says it and the verb.
TRAILING: Final = re.compile(
    r"\s+(?:has|have|had|not|also|then|later|again|since|already|now|would|will|did|does|still|earlier|"
    rf"recently|previously|further|(?:late |early )?(?:on )?{WEEKDAYS}|today|yesterday|"
    r"также|тоже|ранее|позже|потом|уже|ещё|затем|вчера|сегодня|накануне|теперь|не|"
    r"в (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))$",
    re.IGNORECASE,
)
CONTRAST: Final = re.compile(
    r"^\W*(?:but|while|whereas|а|но|хотя|тогда как|однако)\s", re.IGNORECASE
)
TITLES: Final = re.compile(r"^(?:the|an?|its|their|his|her|our)\s+", re.IGNORECASE)
NAMED: Final = r"(?:[A-ZА-ЯЁ][\w’'-]+\s+){1,3}[A-ZА-ЯЁ][\w’'-]+"
NAME: Final = re.compile(rf"(?:^|\s)(?P<name>{NAMED})$")
POLITE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s+(?P<last>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)$")
# Whom a sentence is about that says nothing: she is who "she said" means in the next.
TOPIC: Final = {
    "en": re.compile(
        rf"^(?:For |To )?(?:[^,“\"]{{1,60}}, )?(?:(?!In |At |From |On )[\w’'-]+ ){{0,5}}?"
        rf"(?<!of )(?<!from )(?<!in )(?<!at )(?<!by )(?<!with )"
        rf"(?P<name>(?!The |In |At |On |For |To ){NAMED})(?:, |\s+[a-z]+(?:s|ed|d)\b)"
    ),
    "ru": re.compile(rf"^(?:[\w-]+ ){{0,7}}?(?P<name>{NAMED})\s+[а-яё]+(?:л|ла|ет|ит|ёт)\b"),
}
PUNCTUATION: Final = re.compile(r"[,;:“”«»\"]|\s[–—-]\s")
REPORT_BY: Final = re.compile(
    r"^(?:report|statement|study|survey|post|list)"
    r"(?: (?:published|released|issued|made public|prepared)(?: \w+){0,3}?)? "
    r"(?:by|from|of) (?:the )?"
)
CREDIT: Final = re.compile(r"\b(?P<agency>[A-Z]{2,6})/[A-Z]")
# Whoever says this says what stands just before it, too.
BACKWARDS: Final = re.compile(
    r"\b(?:added|adding|добавил[аио]?)\b|^Об этом\s(?!же\b)", re.IGNORECASE
)
STOPS_NAME: Final = re.compile(
    r"\s+(?:in|on|at|during|told|by telephone|after|when|that|from the camp|last|who|журналист\w*|"
    r"врач\w*|в эфире|во?\s(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))\b.*$"
)
NO_SPEAKER: Final = re.compile(
    r"^(?:that|such|how|what|whether|if|there|in|on|at|about|only|to|of|no|not|more|fewer|"
    r"что|как|о|об|про|на|с|по|из)\b",
    re.IGNORECASE,
)
# Whom it is told to: "рассказал журналистам врач …".
TOLD_TO: Final = re.compile(
    r"^(?:(?:журналистам|корреспондент(?:у|ам)|репортёрам|изданию|агентству|газете|порталу|каналу|"
    r"телеканалу|РИА|ТАСС|Интерфаксу)(?:\s\ue000[^\ue001]*\ue001|\s[А-ЯЁ][\w-]+(?=\s[а-яё]))?|"
    r"\ue000[^\ue001]*\ue001)\s+"
)
# What no subject begins with.
PREPOSED: Final = re.compile(
    r"^(?:of|to|about|from|with|for|о|об|про|на|с|по|из|к|от|у|для)\s", re.IGNORECASE
)
# What is said of somebody, not by them: "are believed to be", "was confirmed by the council".
PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|been|be|being) (?:\w+ly )?$", re.IGNORECASE)
BY_WHOM: Final = re.compile(r"\s+by (?P<who>[^,;:“”\"]{2,80})")
NEGATED: Final = re.compile(r"\b(?:not|n[’']t|не) $", re.IGNORECASE)
PLURAL: Final = re.compile(r"(?:ли|ют|ят|ут)$")
# Whoever only carries what others say.
MEDIUM: Final = re.compile(
    r"\b(?:agency|agencies|news|newspaper|radio|television|channel|broadcaster|correspondent|"
    r"reporter|агентств\w*|корреспондент\w*|газет\w*|издани\w+|телеканал\w*|радио\w*|СМИ|РИА|ТАСС|"
    r"портал\w*)\b",
    re.IGNORECASE,
)
QUOTED_AS: Final = re.compile(
    r"\b(?:quoted|quotes|quoting|cited|cites) (?P<whom>[^,;“”\"]{2,80}?) as saying\b"
)
# "сообщили в фонде": who says it is told as a place, an office.
WITHIN: Final = re.compile(
    r"^(?:и\s+|а\s+|но\s+)?(?:в|во)\s+(?P<who>(?:[а-яё-]+(?:ом|ой|ем|ей|их|ых)\s){0,3}"
    r"(?:[А-ЯЁ]{2,}\b|(?:фонд|аппарат|центр|комитет|министерств|ведомств|посольств|консульств|"
    r"организаци|пресс-служб|служб|прокуратур|полици|мин[а-яё]{2,}|правительств|администраци|"
    r"управлени|департамент|кабмин|кремл|госдум|совет|штаб|суд|больниц|комисси|обществ|движени|"
    r"редакци|миссии|тюрьм|лагер|школ|сообществ|групп|представительств|миграционн|агентств)\w*)"
    r"(?:\s(?!эт[иоу]\b|эту\b|такие\b).+?)??)(?=\s(?:эт[иоу]|эту|такие)\b|$)",
    re.IGNORECASE,
)
# Institutions as they are named, by what stays the same in every case.
OFFICES: Final = {
    "фонд": "фонд",
    "аппарат": "аппарат",
    "центр": "центр",
    "комитет": "комитет",
    "министерств": "министерство",
    "ведомств": "ведомство",
    "посольств": "посольство",
    "консульств": "консульство",
    "организаци": "организация",
    "пресс-служб": "пресс-служба",
    "служб": "служба",
    "прокуратур": "прокуратура",
    "полици": "полиция",
    "минздрав": "Минздрав",
    "минтруд": "Минтруд",
    "мид": "МИД",
}
