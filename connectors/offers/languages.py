"""Spanish, French and German: the words of shifts, said in English before a line is read.

Only what means the same is said: dates, clocks, units, the status of a shift, and words that change nothing. Every other
word stays as it came, is not understood, and makes its line a question. A negation is never among those that are said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from connectors.offers.mime import Line
from connectors.offers.tokens import Token

_I = re.IGNORECASE
Phrase = tuple[re.Pattern[str], str]


@dataclass(frozen=True)
class Language:
    """`marks` are words of it alone; `phrases` are turned before `words`, and `days` only before a number."""

    marks: frozenset[str]
    phrases: tuple[Phrase, ...]
    days: Mapping[str, str]
    words: Mapping[str, str]


def _words(text: str) -> dict[str, str]:
    """`lunes=Monday | martes=Tuesday`: what each word means; `a,b=c` for two that mean one."""
    pairs = (entry.split("=") for entry in text.split("|"))
    return {
        word.strip(): meaning.strip() for names, meaning in pairs for word in names.split(",") if word.strip()
    }


def _phrases(*told: tuple[str, str]) -> tuple[Phrase, ...]:
    return tuple((re.compile(pattern, _I), meaning) for pattern, meaning in told)


_ENGLISH = frozenset("the and for at with on of is are you we from please have this".split())
_BY = r"(?:\s+(?:el|le|la|zum|den|día|jour))?\s+"

SPANISH = Language(
    marks=frozenset(
        "el los las del al en con por para y ya está están turno turnos guardia guardias noche día días horas hora necesitamos buscamos cubrir cubierto"
        " anulado anulada cancelado disponible urgencias hasta lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo"
        " junio julio agosto septiembre octubre noviembre diciembre gracias saludo buenos buenas fecha horario confirmado confirmada pendiente libre libres".split()
    ),
    phrases=_phrases(
        (r"\bya no (?:está|queda) (?:disponible|libre)\b", "is no longer available"),
        (r"\bya no (?:hace falta|es necesari[oa]|se necesita)\b", "is no longer needed"),
        (
            rf"\b(?:respond\w{{1,5}}|contest\w{{1,5}}|respuesta|avise\w{{0,4}}|conteste)(?: por favor)? antes del?{_BY}",
            "reply before ",
        ),
        (
            rf"\b(?:respond\w{{1,5}}|contest\w{{1,5}}|respuesta|avise\w{{0,4}}|conteste)(?: por favor)? hasta(?: el)?{_BY}",
            "reply by ",
        ),
        (
            rf"\b(?:respond\w{{1,5}}|contest\w{{1,5}}|avise\w{{0,4}}|conteste)(?:, por favor,| por favor)? (?:antes del?|hasta(?: el)?|para){_BY}",
            "reply before ",
        ),
        (r"\bpor (?:guardia|turno|noche)\b", "per shift"),
        (r"\b(?:por|la) hora\b", "per hour"),
        (r"\bpor (?:día|jornada)\b", "per day"),
        (r"\bse (?:necesita|busca)n?\b", "needed"),
        (r"\b(?:todos|todas) o (?:nada|ninguno|ninguna)\b", "all or nothing"),
        (r"\bmar\.?(?=,? \d{1,2}/)", "Tue"),
    ),
    days=_words("lun=Mon | mar=Tue | mié,mie=Wed | jue=Thu | vie=Fri | sáb,sab=Sat | dom=Sun"),
    words=_words(
        "lunes=Monday | martes=Tuesday | miércoles,miercoles=Wednesday | jueves=Thursday | viernes=Friday | sábado,sabado=Saturday | domingo=Sunday"
        "| enero,ene=January | febrero=February | marzo=March | abril,abr=April | mayo=May | junio=June | julio=July | agosto,ago=August"
        "| septiembre,setiembre=September | octubre=October | noviembre=November | diciembre,dic=December | hoy=today | mañana=tomorrow"
        "| turno,guardia=shift | turnos,guardias=shifts | noche=night | noches=nights | día=day | días=days | tarde=afternoon"
        "| cubierto,cubierta,cubiertos,cubiertas=covered | anulado,anulada,cancelado,cancelada,anulados,anuladas=cancelled"
        "| confirmado,confirmada=confirmed | disponible,disponibles,libre,libres=available | ya=already | está,están,es,son=is | sigue,siguen=still"
        "| el,la,los,las=the | un,una=a | de,del=of | a,al=to | en=in | y=and | o=or | por,para=for | con=with | desde=from | hasta=until"
        "| necesitamos,necesito=we need | buscamos=we need | cubrir=to cover | médico,médica,médicos,doctor,doctora=doctor | urgencias=emergency"
        "| hospital=hospital | clínica=clinic | centro,lugar=location | fecha=date | hora,horario,horas=hours | pago,importe,honorarios,tarifa=pay"
        "| gracias=thanks | favor=please | euros=€ | hola=hello | no=not | todavía,aún=yet | tenemos=we have | tardes=afternoon | todos,todas=all | ambos,ambas=both"
    ),
)
FRENCH = Language(
    marks=frozenset(
        "le les des du au aux et est sont la une nous vous cherchons recherchons garde gardes nuit jour journée heures heure remplacement remplacements"
        " remplaçant annulé annulée pourvu pourvue disponible lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin"
        " juillet août septembre octobre novembre décembre bonjour bonsoir cordialement merci réponse rétrocession à horaires lieu confirmé confirmée".split()
    ),
    phrases=_phrases(
        (r"\bà midi\b", "at noon"),
        (r"\bà minuit\b", "at midnight"),
        (r"\bn['’]est plus (?:disponible|libre|à pourvoir)\b", "is no longer available"),
        (r"\bn['’]est plus (?:nécessaire|utile)\b", "is no longer needed"),
        (r"\b(?:encore |toujours )?à pourvoir\b", "open"),
        (
            (
                r"\b(?:réponse|répondre|répondez|réponses|merci de répondre)(?: (?:souhaitée|attendue|svp|s['’]il vous plaît))?"
                rf" (?:avant|pour|jusqu['’]au|d['’]ici(?: au)?|au plus tard){_BY}"
            ),
            "reply by ",
        ),
        (r"\b(?:la|par|pour la) (?:garde|nuit|vacation)\b(?= ?(?:[.,;)]|$))", "per shift"),
        (r"(?<=€ )(?:la|par) (?:garde|nuit|vacation)\b", "per shift"),
        (r"(?<=€ )(?:la|par) (?:journée|jour)\b|\bpar jour(?:née)?\b", "per day"),
        (r"(?<=€ )(?:de )?l['’]heure\b|\bpar heure\b", "per hour"),
        (r"\btout ou rien\b", "all or nothing"),
        (r"\bn['’](?=est\b)", ""),
        (r"\bl['’]", ""),
        (r"\bd['’]", "of "),
    ),
    days=_words("lun=Mon | mar=Tue | mer=Wed | jeu=Thu | ven=Fri | sam=Sat | dim=Sun"),
    words=_words(
        "lundi=Monday | mardi=Tuesday | mercredi=Wednesday | jeudi=Thursday | vendredi=Friday | samedi=Saturday | dimanche=Sunday"
        "| janvier,janv=January | février,fevrier,févr=February | mars=March | avril,avr=April | mai=May | juin=June | juillet,juil=July | août,aout=August"
        "| septembre=September | octobre=October | novembre=November | décembre,decembre,déc=December | demain=tomorrow"
        "| garde,vacation=shift | gardes,vacations=shifts | nuit=night | nuits=nights | jour,journée=day | jours,journées=days | matin=morning | soir=evening"
        "| annulé,annulée,annulés,annulées,annulation=cancelled | pourvu,pourvue,pourvus,pourvues=filled | confirmé,confirmée=confirmed"
        "| disponible,disponibles,libre,libres=available | est,sont=is | encore,toujours=still | le,la,les=the | un,une=a | de,du,des=of | au,aux,à=to"
        "| et=and | ou=or | pour=for | avec=with | dans,en=in | nous=we | cherchons,recherchons,cherche,recherche=need | remplaçant,remplaçante,médecin,docteur=doctor"
        "| remplacement=shift | remplacements=shifts | urgences=emergency | hôpital=hospital | clinique=clinic | lieu,site=location | horaire,horaires,heures=hours"
        "| tarif,rémunération,honoraires,rétrocession=pay | bonjour=hello | merci=thanks | plus=ne-plus | pas=not | ne= | forfait=flat | euros=€ | tous,toutes=all | deux=both"
    ),
)
GERMAN = Language(
    marks=frozenset(
        "der die das den dem und ist sind im am vom zum uhr dienst dienste nachtdienst tagdienst spätdienst frühdienst schicht schichten wir suchen noch offen"
        " frei vergeben besetzt bitte bis std stunde stunden pauschal klinik arzt ärztin vertretung honorar montag dienstag mittwoch donnerstag freitag"
        " samstag sonntag januar februar märz april mai juni juli august september oktober november dezember rückmeldung grüßen sehr geehrter geehrte liebe"
        " datum uhrzeit bestätigt abgesagt entfällt nicht ort für mit von".split()
    )
    - {"die", "am", "von", "august", "april", "september", "november", "ort"},
    phrases=_phrases(
        (r"\b(?:sie|er) gibt ab\b", "gives"),
        (r"\b(?:sie|er) sucht\b", "looking for"),
        (r"\bnicht mehr (?:verfügbar|frei|zu haben)\b", "no longer available"),
        (r"\bnicht mehr (?:benötigt|nötig|gebraucht)\b", "no longer needed"),
        (
            rf"\b(?:rückmeldung(?:en)?|antwort(?:en)?|melden(?: sie sich)?|zusagen?)(?: bitte)? (?:spätestens )?bis(?: spätestens)?{_BY}",
            "reply by ",
        ),
        (r"\bbitte bis (?:zum |spätestens )?(?=[^.]{0,4}\d)", "please reply by "),
        (r"\b(?:leider )?(?:schon|bereits) vergeben\b", "already taken"),
        (r"\b(?:früh|spät|tag|zwischen)dienst\b(?=\s)", "shift"),
        (r"\b(?:pro|je) (?:dienst|schicht|nacht)\b", "per shift"),
        (r"\b(?:pro|je|die) stunde\b", "per hour"),
        (r"\b(?:pro|je) tag\b", "per day"),
        (r"\balles oder nichts\b", "all or nothing"),
        (r"\b(\d{1,2})\. ?(?:-|–|bis) ?(\d{1,2})\.(\d{1,2})\.", r"\1.\3. - \2.\3."),
        (r"\b(\d{1,2})\. ?(?:/|und|\+) ?(\d{1,2})\.(\d{1,2})\.", r"\1.\3., \2.\3."),
        (
            r"\b(\d{1,2})\.(?=\s?(?:(?:-|–|/|,|bis|und)\s?\d{1,2}\.\s?)?(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez))",
            r"\1 ",
        ),
        (r"\b(\d{1,2})\.(?=\s?(?:-|–|,|bis|und)\s?\d{1,2} )", r"\1 "),
    ),
    days=_words("mo=Mon | di=Tue | mi=Wed | do=Thu | fr=Fri | sa=Sat | so=Sun"),
    words=_words(
        "montag=Monday | dienstag=Tuesday | mittwoch=Wednesday | donnerstag=Thursday | freitag=Friday | samstag,sonnabend=Saturday | sonntag=Sunday"
        "| januar=January | februar=February | märz,maerz=March | april=April | mai=May | juni=June | juli=July | oktober,okt=October | dezember,dez=December"
        "| heute=today | morgen=tomorrow | dienst,schicht=shift | dienste,schichten=shifts | nachtdienst,nachtschicht=night shift | nachtdienste=night shifts"
        "| tagdienst,tagschicht,tagesdienst=day shift | spätdienst=evening shift | nacht=night | tag=day | vergeben=taken | besetzt=filled"
        "| abgesagt,storniert,entfällt=cancelled | bestätigt=confirmed | offen,offene,frei,freie,verfügbar=open | noch=still | ist,sind=is"
        "| der,die,das,den,dem,des=the | ein,eine,einen=a | am=on | im,in=in | und=and | oder=or | für=for | mit=with | von,vom=from | bis=until | zu,zum,zur=to"
        "| wir=we | suchen,brauchen,benötigen=need | folgende=following | arzt,ärztin=doctor | vertretung=cover | notaufnahme=emergency | krankenhaus=hospital"
        "| klinik=clinic | datum=date | ort=location | jeweils,je=each | nicht=not | kein,keine,keinen=no | uhrzeit,zeit,zeiten=time | uhr= | honorar,vergütung=pay | pauschal,pauschale=flat | bitte=please | danke=thanks"
        "| hallo=hello | alle=all | beide=both | euro=€ | wochenende=weekend"
    ),
)
LANGUAGES = (SPANISH, FRENCH, GERMAN)

_DONE = "\ue000"
"""Set around what is said in English already; a letter of nobody's."""
_WORD = re.compile(r"[^\W\d_]+\.?")
_HOUR = r"(\d{1,2})(?:[:.]([0-5]\d)|\s?h\s?([0-5]\d)?(?![\w])|\s?(uhr|horas|heures|hs)\b)?(?:\s?(?:h|uhr|horas|hs|heures)\b)?"
_CLOCKS = re.compile(
    rf"(?<![\d.,/:€-])(?<!lunes )(?<!martes )(?<!coles )(?<!jueves )(?<!viernes )(?<!bado )(?<!domingo )(?<!di )(?<!dimanche )(?:\b(?:de|desde|von|entre|zwischen)\s)?(?:las\s)?{_HOUR}\s?(?:-|–|—|\ba\b|à|\bbis\b|\bhasta\b|jusqu['’]à)\s?(?:las\s)?{_HOUR}(?![\d/:]|[.,]\d)",
    _I,
)
_AT = re.compile(
    r"\b(?:a las|à|um|ab|las)\s(\d{1,2})(?:[:.]([0-5]\d)|\s?h\s?([0-5]\d)?(?!\w)|\s?uhr\b)(?:\s?(?:h|uhr)\b)?",
    _I,
)
_UNDONE = re.compile(rf"{_DONE}[^{_DONE}]*{_DONE}|{_WORD.pattern}")
_DAY_BEFORE = re.compile(
    rf"[.,]?\s{{0,2}}(?:(?:den|el|le)\s)?{_DONE}?\d|\s?[/+&-]\s?[A-Za-zéá]{{2,3}}[.,]?\s{{0,2}}{_DONE}?\d"
)
"""What a short name of a weekday stands before; elsewhere it is a word."""
_LENGTH = re.compile(r"\b(\d{1,2})[\s-]?(?:h|horas|heures|stunden)\b", _I)


def language_of(text: str) -> Language | None:
    """The language of a message by its commonest words; None for English, and where it is not plain."""
    told = {word.rstrip(".") for word in _WORD.findall(text)}
    # "Las Palmas" and "Del Rio" are places: a short word counts where it is written small.
    words = {word.lower() for word in told if len(word) > 3 or word.islower()}
    counted = sorted(((len(words & one.marks), -at) for at, one in enumerate(LANGUAGES)), reverse=True)
    (most, at), (next_most, _) = counted[0], counted[1]
    if most < 2 or most <= max(next_most, len(words & _ENGLISH)):
        return None
    return LANGUAGES[-at]


def in_english(text: str, language: Language, names: Sequence[Token]) -> str:
    """The text with the words of shifts said in English; `names` are left as they stand."""
    parts, at = [], 0
    for name in names:
        parts += [_said(text[at : name.start], language), text[name.start : name.end]]
        at = name.end
    return "".join((*parts, _said(text[at:], language)))


def line_in_english(line: Line, text: str, cells: tuple[str, ...]) -> Line:
    if text == line.text and cells == line.cells:
        return line
    return replace(line, text=text, cells=cells, told=line.told or line.text)


def _said(text: str, language: Language) -> str:
    text = text.replace(_DONE, " ")
    for pattern, meaning in language.phrases:
        text = pattern.sub(f"{_DONE}{meaning}{_DONE}", text)
    text = _CLOCKS.sub(_from_to, text)
    text = _AT.sub(_at, text)
    text = _LENGTH.sub(r"\1 hours", text)
    return _UNDONE.sub(lambda found: _meaning(found, language), text)


def _meaning(found: re.Match[str], language: Language) -> str:
    if found[0].startswith(_DONE):
        return found[0].strip(_DONE)
    word = found[0].lower().rstrip(".")
    day = language.days.get(word)
    if day and _DAY_BEFORE.match(found.string[found.end() : found.end() + 12]):
        return day
    meaning = language.words.get(word)
    return (
        found[0] if meaning is None else meaning + ("." if found[0].endswith(".") and len(word) > 4 else "")
    )


def _from_to(found: re.Match[str]) -> str:
    """`de 8h à 20h`, `7-19 Uhr`: on the clock of 24 hours, which is theirs. Bare numbers stay what they may be."""
    first, second = found.groups()[:4], found.groups()[4:]
    marked = [any(part is not None for part in one[1:]) or "h" in found[0].lower() for one in (first, second)]
    hours = [int(one[0]) for one in (first, second)]
    if max(hours) > 24:
        return found[0]
    if not any(marked):
        return f"{hours[0]}-{hours[1]}" if max(hours) > 12 and re.search("[a-zà]", found[0], _I) else found[0]
    if hours[0] == hours[1] <= 12 and not any(one[1] or one[2] for one in (first, second)):
        return f"{hours[0]}-{hours[1]}"  # A day and a night, or half of it.
    minutes = [int(one[1] or one[2] or 0) for one in (first, second)]
    start, end = (f"{hour % 24:02}{minute:02}" for hour, minute in zip(hours, minutes, strict=True))
    return f"{start}-{end}"


def _at(found: re.Match[str]) -> str:
    hour = int(found[1])
    return f"at {hour:02}:{int(found[2] or found[3] or 0):02}" if hour < 24 else found[0]
