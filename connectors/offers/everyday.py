"""Everyday words that may stand beside a shift and change nothing of it, written small or at the head of a sentence.

Left out on purpose is what may turn a yes into a no, put it off, hand it to somebody, name another place, another day or
another number: no negation, no doubt, no status, no "other", no names. Amid a sentence a capital may be a name's.
"""

EVERYDAY = frozenset(
    """
    able about separate separately above absolutely accept accommodate accurate ach acls actually acute add added adding address
    admin administrator admission admissions admit admits adult adults advance advise afraid agency ahead
    air airport alike all allow allows alone along always amazing ambulance amenities among ample annex
    answer answers anyhow anything anytime anyway apartment apiece apologies apologize appreciated appreciation
    approach area arrange arranged arrangement arrangements arrival arrive as asap assist assistance
    assistant associate at atls attached attendings attention awesome baby bad badge badges badly bag basic
    bbq bc bc-be bc/be bday be because become bed beginning behalf being below benefit benefits beside
    besides big birthday bit blast bls board board-certified board-eligible boarded boarding boards boat
    body boost both brand break breakfast breaks brief briefly bright bring bringing brings brother brutal
    btw buddy budget build building bummed bunch bus busier business busy button by cabin cafeteria cake
    calm came campuses can candidate candidates candy car cardiology cards cart cash cath ccu cell census
    center certified chair chances chat chats check checks chest chf chief child childcare children choice
    christmas city clean clear clearly clerk client client's clients clinical clinicals cme code codes
    coffee cold colleagues collegial come comes comfortable comfy coming committed committee common
    community commute company compensated competitive completely computer concierge consecutive consultant continuity
    consults contact contacts contractor convenient cookies cool coordinator coordinators copd corner cost
    costs could count counts couple courtesy cousin covid coworker crazy credential credentialed credit
    crisis critical cross crunch culture cupcakes current currently cv cvicu dad daughter daughter's deal
    deals dear decent decently dedicated deeply deliver delivery demand department's departments depend
    dept's desk's details diagnostic did diem difference difficult dinner direct directly director directors
    directory discharge discharges discuss discussed do docs does doing dollar donuts door downtown drive
    driving due during each earn earned earning earnings ears easier easily easy easygoing eat echo eds
    efficient effort elderly electronic email emails emergencies emergent emrs encounter encounters end
    energy enjoy enough ensure enter entire equipment er's especially est even ever everything exact exactly
    excellent exciting expense expenses experience experienced extended extra extras extremely eye eyes
    facilities facility's faculty fair fairly family fantastic far fast fast-track faster fasttrack father
    favor fax fee fees fellowship-trained fever few field figure find finding finds fine finish finished
    firm fit fits flight flow flu fm food for forms forward fp free freestanding freezing fresh friend
    friendly friends from front fun funeral further fyi gas gear gently genuinely gets gift give giving glad
    go goes going golf gonna good gotta grab graduation grandma grandpa grateful gratefully great greatly
    grill gross ground group's groups growing guarantee guaranteed guide guy hand handoff handoffs hang
    happen happens happiest happily happy hard harder hats have having he'd he'll head heads heads-up healthy hear
    heard hearing heart heavily heavy hectic helper helpful helping helps her here here's herself high
    high-acuity higher highest highly hiking hint his hit hits holiday holler home honest honestly honor
    hospitalist's hospitalists hot hotel hourly house how hub huge human hurry husband husband's i'd i'll
    i'm i've icu's idea ideal identified illness im imaging immediate imo important in-basket in-house
    including incredible incredibly indeed individual info inform information inn inpatients inside
    insurance intake intensive intensivist's intakes internal into intubate intubations invite invited inviting is
    issue issues it it'd it'll it's item its itself ive ivs job join joining jump just key kid kid's kiddo
    kids kind kindest kindly kinds knee knew know knowing knows lab labs landed large largely lately latest
    launch lead lean least leave leaves lemme length less let's lets letting level levels license licensed
    licensing life light lights likes line lines link links list listing listings lists literally little
    live load loads lobby local location's lodging log logging login logins lol long longer lot lots lounge
    love loved lovely low low-acuity lower luck luckily lucky lunch made mail mailbox main mainly major make
    makes making male malpractice manage manageable manager managers many map matter matters me meals mean
    means meant med-surg medical medicare medicines medium meds medsurg meet memo mentor mess message
    messaged messages messaging met micu middle mild military million mind minor minute minutes mix mixed
    mixture mobile mom mom's moment money more most mostly mother motivated mouth much multi multispecialty
    musculoskeletal must my name named namely names near nearby nearest nearly neat necessary neighbor net network
    new nice nicely nobody's normal normally note noted notes notice now npi nrp number nurse's nurses
    nursing obligations obviously occasional occasionally of offer's office ok okay older on onboard
    onboarded onboarding one ones online onsite onto operator operators opinion opportunities option options
    order orders ordinary our ourselves overhead overnights overtime overwhelmed own pace paced pack package
    packages pacu page pager pages paging pain pals paper papers paperwork parent parking particular partner
    partners party patient's payment payments payroll pcu peak per perfect period permanent personal
    personally phone phones phrase physical physician's pick picks picture piece pizza place places plain
    plane plates play pleasant please pleasure plenty plus pocket point policy popular portal potluck
    practical practice practices prep prepaid prepared presentation press pretax pretty price prices pride
    primarily primary prime private privileged privileges procedural procedure procedures process productive
    productivity prof professional profile program programs prompt promptly proud provided provides
    providing pto public pull pulling purpose put puts putting quality quarter question's quick quicker
    quickly quiet quieter quite r radiology raffle ramp rapid rapidly rare rarely rate's reach reached
    reaching read readily ready real really reason reasonable reasons receive received receives receiving
    recent recently recital recommend record records recruiter recruiters recruiting red refer reference
    regard regarding regards region register regular regularly regulars reimburse reimbursement relate
    related relationship relax relaxed relief relieve relocate rely remember remind rent rental report
    reports request requirement requirements rescue residency resource respond responding response
    responsibilities responsible rest resting result results retire retired retirement review rewarding rich
    ride right road robust roll room rooms roomy roster rough roughly round rounder rounders routine rsv run
    runs rural rush rushes rvu sadly safe safely same-day save saves saw say scale schedule scheduler
    schedulers schedules scheduling school scope screen screening scribe scribes scrubs search season
    seasonal seat section see seek seen self send sending sends senior sense sent sepsis seriously serve
    served serves service services serving setup severe shape share shared sharing sheet ship shop shortage
    shortages shoulder shout show showing shows shuttle sick sicu side sign signs similar simple simply
    single-coverage sir sister's sit site's sits sitting situation size sized skeleton skill skilled skills
    sleep slight slightly small smile smooth smoothly snacks snow snowed so social software solid solution
    something sometimes son son's soon sorry sort sound sounds source speak speaks special specialist
    specialists specialties specialty specific specifically speed spend spouse squad stable staff staffer
    staffs stand standard stands state states stay stayed staying stays stellar stemi step step-down
    stepdown steps stethoscope still stipends stitches stop stops storm straightforward street stress
    stretched stroke strokes strong strongly structure study stuff style submit submitting subspecialty such
    sudden suddenly suite summer super supervise supervision supervisor supplies supply supported supportive
    sure surely surge surprise surrounding sutures sweet system's systems table taker talk talking tall tax
    taxes tbh teach teaching tech techs tele telehealth telephone tell telling terms terrific texas text
    texted texting texts than thank thanked that that'll that's them themselves then there there'll there's
    therefore these they they'd they'll they're they've thin thorough those though thought thoughts through throughout thru
    thx ticket tidy tie ties tight tightly till time-off tip tired title to today's together told tomorrow's
    tonight's too tool tools top tops total totally tough town track traffic train trained training transfer
    transfers translate transport transportation traveler travelers traveling treating triage trial tricky
    trip trips trouble true truly trust turnout turnover type types typical typically u ugh ultrasound uncle
    under understand understanding understood unfortunate unfortunately unique unit's units unusual up
    upcoming upfront upstairs us use useful user using usually utterly vaca vacancy's vacation valid value
    valued van variety vent vents veteran via video view views visa vital voice voicemail volume's volumes
    volunteer w9 walk walk-in walk-ins walks wall wanna ward's wards warm way ways we we'd we'll we're we've
    weather website wedding week's weekend's welcome welcomed welcomes well when where wherever which
    whichever while who who'd who's whoever whole wholly whose why wide wife wife's will willing wing winter
    wise with within wonderful word words work-life workflow workload works workup world worries worry worth
    would wow write writing y'all ya yall yay yeah years yep yes you'd you'll you're you've young younger
    your yours yourself zip zoom
    """.split()
)
"""Lower case. Written as people write them, with an apostrophe or without."""
