"""Common English words of life, medicine and talk, which say nothing of whether a shift is to be had.

Left out on purpose: words of status, doubt, refusal or change, other places, callings that are not a physician's, and
what else people do on a day (a course, a game, a party). What is left may stand beside a shift in small letters.
"""

COMMON = frozenset(
    """
    wiped exhausted drained fried zonked stranded
    abdomen abdominal abnormal abroad absolute abundant accident accidental accommodation accomplish ache
    achieve acknowledge acquire active actively activity actual adapt addict addiction additive adequate
    adequately admire adolescent adopt adore advantage adventure advice affair affect afford age agenda
    aggressive aid aide ailment aisle alarm album alcohol alert alive allergic allergist allergy alley
    alongside altogether amaze amazingly ambition ambulatory amuse anchor ancient anemia anesthesia angel
    anger angina angle angry animal ankle anniversary announcement annoy annually antibiotic anxiety anxious
    apart aplenty apparatus appeal appendicitis appendix appetite appliance appointment appreciative apron
    apt arch arctic argue arm aroma arrhythmia arrow art arthritis article artist ask asking asks aspect
    aspirin assemble asset associated assure asthma athlete atmosphere attach attitude attorney attract
    attractive audience aunt author auto autumn avenue average avid aware awful awfully awkward babysit
    bachelor backache background backpack backyard bacon bacteria bagel baggage bake baker balance balloon
    bananas bandage bang banner baptism barely bark barn barrier baseline basement basis basket bathe
    bathroom battery battle bay beach beam bear beard beast beat beautiful beautifully beauty bedroom
    bedside beep beeper beforehand begging behave behavior behavioral bell belly belong beloved belt bend
    bestie bicycle bike biking bind binder bird bitter blanket bleed blend bless blessing blind blizzard
    bloat blood blossom blue blues bluntly boarder boast boil bold bone bonfire bookkeeper border bore
    boredom boring born boss bother bottle bottleneck bottom bought bounce boundary bouquet bowel bowl boy
    boyfriend bracelet brain brake brand-new brave bread break-room breast breath breathe breathless breeze
    breezy bribe brick bride bridesmaid bright-eyed brilliant broadly broke broken bronchitis broom brown
    browse bruise brush bubble bubbly bucket bug builder building bulk bulletin bully bumpy bundle burden
    burger burn burnout burst bustle bustling butter butterfly buy buyer buying buzz bypass cabinet cable
    cafe calculate calling calmly camera campfire cancer candid candle canteen capability capable capacity
    captain carbon cardiac career careful carefully cargo carol carpet carpool carrier carry carve casual
    casually catalog catch-up catheter cattle caution cautious ceiling celebrate cellphone centrally century
    certainty chain chairman chairperson challenge champ champion chaos chaotic chapel chapter character
    charity charm charming chase chasing cheap cheek cheer cheerful cheerleader cheese chef chemical
    chemistry chemo chemotherapy cherish chew chicken chili chilly chip chocolate chore chronic chronically
    cigar circle circumstance citizen citizenship civil class classic classmate classroom clever cliff
    climate climb clinically clip cloth clothes clothing cloud cloudy clown club clue cluster coast coastal
    coat coax cohesive cohort coin collaborate collaboration collaborative colleague's collect collection
    collector college colonoscopy color colorful column combat comedy comfort comfortably comforting comic
    comma command commend comment commuter compact companion comparable compare comparison compassion
    compassionate compete competent competition compile complaint complement complex complexity complicate
    complicated complication compliment complimentary comply component compose comprehensive compress
    concentrate concept concern concerned concerning concise concrete concussion conducive confidence
    confident confidential congested congestion conscious consent conservative consider considerate
    consideration consist consistent consistently console constant constantly construct construction
    consulate consult consultation consume consumer contagious contain container content contented context
    contrast contribute contribution convene convenience conveniently conversation converse convince cook
    cookie cope copilot cord core corn corporate corps corridor cosmetic costly costume cottage cotton couch
    cough council counsel counseling countless country countryside courage courageous courteous courthouse
    courtroom courtyard cousin's cozy cradle craft cram crane crash crave crawl crazily craziness cream
    create creation creative creativity creature creek crib cricket crime crisp criteria critic criticize
    critter crowd crowded crown crucial crucially cruel crumb crush crutch crutches cry cuddle cup cupboard
    curbside cure curiosity curious curl curly currency curriculum curse curtain curve curveball custom
    customary customer cute cycle dad's dairy damage damp dance dancer danger dangerous dare dark darling
    dashboard data database dateless daughter-in-law dawn daycare daylong deadbeat deaf dealer dealing
    dearest dearly debate debit decade decor decorate decoration deed deep deer defibrillator define defrost
    degree dehydrate dehydration delicate delicious delight delightful delirium deluge demanding dementia
    democracy demonstrate dense departmental deploy depression dermatology describe description deserve
    deserving designer desirable desire destination destiny detail detailed detect detector detergent
    determined detour detox devastating develop development device devote devoted diabetes diabetic diagnose
    diagnosis dialysis diaper diarrhea diary dictate dictation dictionary diet dietary digestive dignity
    dilemma diligent dim dime dimension dine diner diploma diplomat dire dirt dirty disability disabled
    disadvantage disappear disappoint disappointing disappointment disaster disc disciplined discomfort
    discover discovery discrete discretion discussion disease disgust dish disk display disposal dispose
    disrupt disruption disruptive distance distant distinct distinguish distract distraction distress
    distribute distribution diver diverse diversity divide divine dizziness dizzy doable dock doctorate
    document documentation dog doggone doll domestic donate donation donor donut door- dorm dose doses
    downpour downside dozen drag dragon drain drama dramatic dramatically drape drastic draw drawback drawer
    dread dreaded dreadful dream dreary dress dressing drift drip driveway drizzle drown drowning drug drum
    dry duct dues dull dumb duration dust dusty dutiful duty dynamic eager eagerly eagle ear earache early-
    earnest earth earthquake ease eating ecg echocardiogram economical economy ecstatic ectopic edge educate
    education educational educator eeg effective effectively efficiency efficiently effortless egg ego
    elaborate elbow elective electric electrical electrician electricity electrolyte elegant element
    elementary elevator eligibility eliminate elite emailing embarrass embarrassed embarrassing
    embarrassment embassy embrace emerge emotion emotional emotionally empathetic empathy emphasis emphasize
    empower empty enable encourage encouragement encouraging endeavor endless endlessly endocrine endoscopy
    endure energetic energize enforce engagement engine engineer enhance enhancement enjoyable enlarge
    enormous enrich enroll enrollment ensuring entail entertain entertaining entertainment enthusiasm
    enthusiast enthusiastic entirely entrance entry envelope envious environment envy epidemic epidural
    episode equal equally equip equitable equity erase errand escalate escape escort essay essential
    essentially establish established estate esteem eternal eternally ethic ethical ethics ethnic evaluate
    eventful evident evidently evil evolve exaggerate examine excel excellence exceptional exceptionally
    excess excessive excite excitedly excitement exclaim execute executive exercise exhaust exhausted
    exhausting exhaustion exist existing exit exotic expand expansion expansive expensive experiment expert
    expertise explain explanation exploration explore explosion exposure express expression exquisite
    extensive extensively extent exterior external extra-busy extraordinary extreme eyebrow fabric fabulous
    face facial facilitate faint fairness faith faithful faithfully fallout fame familiar familiarity famous
    fan fancy farm farmer fascinate fascinating fashion fate father's father-in-law fatherhood fatigue
    favorable favorite favourite fear fearless feast feature federal feel feeling fence ferocious ferry
    fertile fetch fiance fiancee fiber fiction fierce fiercely fight fighter figured figuring film filter
    final-exam finalize finalized finalizing finance financial financially fingers fireplace firework firmly
    fiscal fish fix fixture flag flair flame flare flash flashlight flat-out flattery flavor flaw fleet
    flesh flexibility flexibly flip flock flood flooding floral florist flour flourish flower fluctuate
    fluent fluid flush focus focused fog foggy folder folk fond food-truck fool foolish footprint force
    forecast forehead forest forever formal format formula forth forthcoming fortunate fortunately fortune
    forum foster foul foundation founder fountain fracture fragile fragment frail frame framework frank
    frankly frantic frantically freak freedom freezer frequent frequently freshly freshman friendship fright
    fringe frontline frost fruit fruitful frustrate frustrated frustrating frustration fry fuel full-service
    fumble function functional functioning fund funding funny fur furious furnish furnished furniture fussy
    gadget gain gallbladder gallery game garage garbage garden gardener garlic garment gas-station gastro
    gastroenterology gate gateway gather gathering gaze gem gender gene generate generation generator
    generic generous generously genetic genius gentle gentleman genuine geographic geriatric geriatrics germ
    gesture ghost giant gigantic giggle girl girlfriend glance glimpse global gloomy glorious glory glove
    glow glucose glue goal goat goddaughter godsend godson goggles gold golden goodbye goodness goodwill
    goose gorgeous gossip govern government governor gown grace gracious graciously grade grader gradual
    gradually graduate graduating grain grammar grand grandbaby grandchild grandchildren granddaughter
    grandfather grandkid grandkids grandmother grandparent grandparents grandson granite graph grasp grass
    gratitude grave gravity gray greenery greet greeting grew grief grieve grim grin grind grip grit
    groceries grocery groom groove grouchy grow grown growth grumpy guardian guest guidance guideline guilt
    guilty guitar gulp gum gut guts gutter gyn gynecology habit habitual hail hair haircut hairy hall
    halloween hallway hamper handbook handful handover handshake handsome handy happening happiness hardcore
    hardly hardship hardworking harm harmful harmless harmony harsh harvest hassle haste hat hate hateful
    haul haunt hay hazard hazardous haze headache heading headline headphone headphones headquarters heal
    health healthcare heart-felt heartache heartbeat heartbreaking heartburn heartfelt heat heater heating
    heatwave heaven heel hefty height heightened helicopter helipad hell helmet help-desk helpline
    hematology hemorrhage hen hepatitis herb heritage hernia hero heroes heroic heroically hesitant hesitate
    hesitation hiccup hide hideous high- high-volume highlight highway hiker hiking hilarious hill hinder
    hip hobby hog hollow holy home-cooked homeless homemade homeowner homesick hometown homework homey
    honesty honey honorable hood hop hopeless hopper horizon hormone horn horrendous horrible horribly horse
    horseback hospice hospitable hospitality hospitalize hospitalized host hostage hostess hostile hotter
    hottest hourglass household housekeeping housewife how's hug humane humanity humble humbling humid
    humidity humor humorous hunger hungry hunt hunter hunting hurdle hurricane hurt hush hut hybrid hydrate
    hydration hygiene hyper hypertension hypoxia ice iceberg icon icy identify identity ill illustrate image
    immense immensely immigrant immune immunity immunization impact impaired impatient implant implement
    implementation impress impressed impression impressive improve improvement improving impulse inch
    incident inclined inclusive income inconvenience inconvenient index indirect indoor indoors industrial
    industry inevitable inevitably inexperienced infant infect infection infectious infinite infinitely
    inflammation influence influential influenza influx informal informally informative infuse infusion
    ingredient inhaler inherit initial initially initiate initiative inject injection injure injured injury
    ink inner innocent innovation innovative inpatient's input inquire inquiry insane insanely insect insert
    insightful insist inspire inspired inspiring install installation instance instant instantly instinct
    institute institution instruct instruction instrument insulin insult insure insured intact integral
    integrate integrated integration integrity intellectual intelligent intense intensely intensity intent
    interact interaction interactive interesting interestingly interface interior intermediate international
    interpersonal interpret intersection interstate intervene intervention intimate intimidating intricate
    intrigued introduce introduction invaluable inventory invest investigate investigation investment
    investor involve involved involvement iron ironic ironically irregular irritate irritated isolate
    isolation itch itinerary jacket jam jammed jaw jealous jeans jeep jet jewel jewelry jog jogging jolly
    journalist journey joy joyful joyous juggle juggling juice juicy jumbo jumping jungle junior jury jury-
    justice justify juvenile keen keenly kennel kettle keyboard keynote kidney kindergarten kindness king
    kiss kit kitchen kite kitten kneel knife knit knot knowledge knowledgeable label labor laboratory
    laborer laceration lack ladder lady lake lame lamp lane language lap laptop laryngitis laser lasting
    laugh laughter launder laundry law lawn lawnmower lawyer lay layer layout layover lazy leader leadership
    leaf league leak leap learner learning leather leg legacy legal legally legend legendary legion
    legitimate leisure lemon lend lengthy lens lesson letter leukemia liaison liberal liberty librarian
    library lick lid lieutenant life- lifeline lifelong lifesaver lifestyle lifetime lift lightly lightning
    likewise limb lime limp linen linger lingering lion lip liquid listing liter literal literature litter
    little-known lively liver livestock lizard locally locker log-in logical logistic logistical logistics
    loneliness lonely longest longtime look loud loudly lousy lovable lover loving lovingly loyal loyalty
    lucrative luggage lukewarm lumber lump lunchroom lunchtime lung luxurious luxury machine machinery mad
    madhouse madness magazine magic magical magnet magnificent magnitude maid mainstream maintain
    maintenance majority makeup mall mama mammal manageably mandatory maneuver manifest mankind manner manor
    mansion manually manufacturer manuscript marble margin marine marital marker market marketing marriage
    married marry marvel marvelous mash mask massage massive massively mastermind mate material maternal
    maternity mathematics matrix mattress mature maturity maximize mayhem mayor maze meadow meaningful
    meaningfully meantime meanwhile measles measure measurement meat mechanic mechanical mechanism medal
    medevac mediate medically medicate medication medicinal mediocre melody melt meltdown member membership
    memoir memorable memorize memory menace mental mentally mention mentorship menu mercy mere merely merit
    merry messy metabolic metal method meticulous metric metro midlife midst midwinter migraine mildly
    milestone milk mill mindful mindset mineral mini minimal minimally minimize mining ministry minivan
    minority mint miracle miraculous mirror misery misfortune mission mist misunderstand moan mode
    moderately modern modest module mom-to-be mommy monitor monitoring monkey monster monstrous monument
    mood moody moon moral morale moreover mortgage mosquito motel motherhood motion motivate motivation
    motive motor motorcycle mourn mouse mow mri mud muddy mug multidisciplinary multiply multitude mumps
    murmur muscle museum mushroom music musical musician mustard mutual mutually mysterious mystery myth nag
    naked nanny nap narcotic narrow nasal nasty nation national nationwide native natural naturally nature
    naughty nausea navigate navigation navy necessarily necessity neck needle needy neighborhood neighbors
    neonatal nephew nephrology nerd nerve nervous nest neurologic neurological neurology neurosurgery
    newborn newcomer newest newlywed newlyweds news newsletter newspaper niche nickname nicu niece nighttime
    nine-to-five noble nod noise noisy nomad nominal nonclinical nonetheless nonprofit nonsense nonstop
    noodle norm norovirus nose nosebleed nostalgia notable notably notebook noteworthy noticeable noticeably
    notify notion nourish novel novelty novice nuance nuclear nuisance numb numerous nursery nurture nut
    nutrition nuts oak oath obese obesity object objective objectively obligation obliged obscure
    observation observe observer obstacle obstetric obstetrical obstetrics obvious occasion occupancy
    occupation occupational occur ocean odd oddly odor offense offload offspring oil oldest olive oncology
    one-of-a-kind onion onset opened operate operating operation operational operationally ophthalmology
    opponent oppose opposite optical optimal optimism optimist optimistic optimize oral orally orange orbit
    orchard ordeal organ organic organization organizational organize organized organizer origin ornament
    orphan ortho orthopaedic orthopedic orthopedics outage outbreak outburst outcome outdoor outdoors outfit
    outgoing outing outlet outline outlook output outrageous outright outskirts oven overall overcome
    overcrowd overcrowded overdose overload overloaded overlook overly oversee oversight oversleep overview
    overwhelm overwhelming owner ownership oxygen pacemaker packer packet pad padding paddle painful
    painfully painkiller painless paint painter painting palace pale palliative palm pamphlet pan pancake
    pancreas pancreatitis pandemic panic pantry paperless paradise paragraph paralysis paramount paranoid
    parcel pardon parental parenthood parenting park parkinsons parrot participant participate participating
    participation particle party passage passenger passion passionate passionately pasta paste pastor pastry
    patch paternity path pathetic pathology pathway patience patiently patio patrol patron pattern pavement
    paw payer pea peace peaceful peacefully peach peanut pedal pediatric pediatrics peds peek peer pelvic
    pen pencil penny people pepper perceive perceptive perform performance perfume peril perk perpetual
    persist persistent persistently persona personality personalized personnel perspective persuade pest pet
    petite petition pharmacologic pharmacy phase phenomenal phenomenon philosophy phobia photo photocopy
    photograph photographer photography physics physiology physiotherapy piano picturesque pie pier pig pile
    pill pillar pillow pilot pin pinch pine pink pioneer pipe pipeline pirate pit pitch pitch-in pity
    placement plague plaid plainly plan planet planned planning plans plant plasma plaster plastic plate
    plateau platter playful playground plea pleasantly pleasing plethora plot plow plug plum plumber
    plumbing plump plunge pneumonia pod poem poet poetry poised poison poke poker polar polish polite
    politely political politician politics poll pollen polling pond ponder pony pool- poor poorly pop-
    popularity populate populated population porch pork port portable portfolio portrait pose positive
    positively possess possession postal poster posting postop postpartum pot potato potent pottery pouch
    poultry pound pour poverty powder power powered powerful powerfully practically practitioner's praise
    praising pray prayer preach precaution precept precious precise precisely precision predict predictable
    predictably predictive preference preferences pregnancy pregnant premature preop preparation prepare
    prescribe prescriber prescribing prescription presence presently preserve president pressure prestige
    prestigious prevail preventive priceless priest princess principal principle print printer printing
    priority privacy privately privilege prize proactive proactively problem problematic proceed proceeding
    produce producer product production profession professionalism professionally professor proficiency
    proficient profit profound profoundly prognosis progress progression progressive project projector
    prolific prolong prominent promote promotion prone pronounce proof prop proper properly property prosper
    prosperous prostate protect protection protective protein protocol proudly prove proven provide provides
    providing province provision provoke proximity prudent psychiatric psychologic psychological psychology
    psychosis pub publication publicity pudding puddle puff pulmonary pulmonology pulse pump pumpkin
    punctual punctuality pupil puppet puppy purchase pure purely purple purposeful purse pursue pursuit
    puzzle puzzled quaint qualification qualify quality quarantine quarterback quarterly queasy queen quest
    quickest quilt quirky rabbit raccoon rack radar radiant radiation radiator radio radius rage raging rail
    railing railroad rain rainbow rainfall rainy ranch range rank rapport rash raspberry rat rave raw ray
    reaction reader readership readiness readmission readmit reality realize realm reap rear reasonably
    reassurance reassure reassuring rebuild receiver reception receptive recharge recipe recipient recognise
    recognition recognize recognized reconnect recorder recover recovered recovering recovery recreate
    recreation recreational recruitment recycle red-eye redeem redesign reflect reflection reflex reform
    refresh refreshing refreshment refreshments refrigerator refuge refugee regain regional regionally
    registration rehab rehabilitate rehabilitation rehearse reign reinforce reinforcement reinforcements
    rejoice rejoin rejuvenate relapse relative relatively relaxation relay relentless relevant reliability
    reliable reliably reliance relic reliever religion religious relish relocation reluctant reluctantly
    remark remarkable remarkably remedy reminisce remodel remodeling renal render renovate renovation
    renowned reorganize repair repay repertoire repetitive replenish reporter represent representative
    reproduce reputable reputation research resemble resent reside residential residual resilience resilient
    resist resort respect respected respectful respectfully respective respiratory respondent responder
    responsibly responsive restaurant restless restock restroom resurgence resuscitate resuscitation retail
    retain retention retina reveal revelation revenue reverence reverend revitalize revival revive
    revolution revolve reward rheumatology rhythm rib ribbon rice ridge ridiculous ridiculously right-hand
    rightfully rigid rigor rigorous rim ringer ringing rinse riot ripe rite ritual rival river roadway roar
    roast robe robot robotic robotics robustly rock rocket rockstar rocky rod role-model roller romance
    romantic roof roofing rookie roommate root rope rose rotten rounding-heavy route router routinely rowdy
    royal rub rubber rude rug rugged rule ruler rumble rummage rundown runner running runny runway rush-hour
    rustic rut sabbatical sacred sacrifice saddle safety said sail sailing sailor sake salad salaried salary
    salmon salon salt salty salute salvage sanctuary sand sandwich sandy sane sanitary sanitation sanitizer
    sanity satisfaction satisfactory satisfying sauce sausage savage saver saving savings savior savvy
    scanner scar scarce scarcely scared scarf scary scatter scattered scenario scene scenery scenic scent
    scholar scholarship schoolwork schoolyard science scientific scientist scissors scold scooter scorecard
    scorpion scout scramble scrambling scream screw script scrounging scrub scrutiny sculpture sea seafood
    seam seamless seamlessly searching seasick season-ending seasoned seatbelt seating secluded secret
    sector security sedan sedate sedation seed seizure seldom self-care selfie selfless selflessly semester
    semi senator senility seniority sensation sensational sensible sensitive sensitivity sensor sentence
    sentiment sentimental separation sequel sequence serene serenity sergeant serial series seriousness
    servant server setback setting seven-year severely severity sew sewer sewing shade shadow shady shake
    shaken shallow shame shampoo shark sharp sharply shave shed sheep sheer shelf shell shelter shepherd
    sheriff shield shine shingles shiny shirt shiver shock shocked shocking shoe shoes shopper shopping
    shore short-lived shortcut shortly shorts should shoulder-to-shoulder shout-out shovel shoveling shower
    showing-off shrimp shrug shy sibling siblings sickness side-by-side sidewalk sigh sight signage signal
    significance significant significantly silence silent silently silk silly silver similarity similarly
    simplicity simplify sincere sinful singer singing singular sinister sinus sip siren sixth-grade sizable
    skate skating skeptical sketch skiing skill-set skillful skillfully skillset skin skinny skirt skull sky
    skyline skyrocket slack slam slammed slap sleek sleepless sleepover sleepy sleet sleeve slender slice
    slick slide slim sling slip slipped slippery slogan slope sloppy slowdown slowly slush small-town smart
    smartly smartphone smell smirk smoke smoker smoking smoothie snack snake sneak sneeze snore snowball
    snowboard snowbound snowfall snowflake snowman snowplow snowstorm snowy soak soap soar soaring sober
    sociable socially society sock soda sofa softly soil solar soldier solidly solitary soloist somewhere
    soothe soothing sophisticated sophomore sore soul soulmate soundly soup souvenir space spacious spark
    sparkle sparse specialize specialized species spectacular spectrum speech speedy sphere spice spicy
    spider spike spiking spill spin spinal spine spiral spirit spirited spiritual spite splash spleen
    splendid splint spoil spoiled sponge sponsor sponsorship spontaneous spontaneously spoon sport sporting
    sporty spotless spotlight spotty sprain sprained spray spread spreading spring springtime sprinkle
    sprint spur spy squabble square squash squeeze squirrel stability stabilize stadium stair staircase
    stairs stake stakeholder stamina stamp standout staple starfish stark startle starve starving static
    statistic statistically statistics statue steadily steak steam steel steep steer stem stent step-by-step
    stepbrother stepdad stepdaughter stepfather stepmom stepmother stepson stereo sterile stern steroid stew
    steward stick sticker sticking sticky stiff stimulate stimulating sting stir stirring stitch stitching
    stock stocked stocking stomach stomachache stone stool storage store storm-related stormy story
    storyteller stove straight-a straightaway strain strand stranded strange strangely stranger strap
    strategic strategically strategy straw strawberry streak stream streaming strength strengthen strenuous
    strep stressed stressed-out stressful stressor stretcher strict stride striking string stripe strive
    stroll stroller stronghold structural structured struggle struggling stubborn stuck stuffed stuffy
    stumble stump stun stunned stunning stunt stupid sturdy sublime subscribe subscription substance
    substantial substantially subtle subway succeed success successful successfully successor suck suction
    suffer sufferer sufficient sufficiently suffix sugar suggest suggestion suit suitability suitable
    suitably suitcase sum summary summertime summit sun sunburn sunflower sunglasses sunlight sunny sunrise
    sunscreen sunset sunshine suntan superb superbly superior superpower superstar supplement supplementary
    supplier suppress supreme surf surface surgery surgical surgically surging surpass surprised surprising
    surprisingly surround surrounded surroundings surveillance survival survive survivor suspense sustain
    sustainable suture swab swamp swamped swear sweat sweater sweep sweeten sweetened sweetest sweetheart
    sweetie swell swelling swift swiftly swimsuit swollen symbol sympathetic sympathize sympathy symptom
    symptomatic syncope syndrome synergy syringe systematic systemic tablet tackle tact tactful tactic
    tailor tale talent talented talkative tape tardy tarmac task tasty tattoo taught tea teach-in teacher's
    teammate teammates teamwork tear tearful tears technical technically technique technological
    technologist technology tedious teen teenage teenager teens teeth telecom telemetry television temper
    temperament temperature temple tempo tempt temptation tempting tenacious tenant tend tendency tender
    tendon tenfold tense tension tent tenure tenured terrain terrible terribly terrify terrifying territory
    terror textbook texting thankful thankfully thankless thanksgiving's theme theory therapeutic therapy
    thermal thermometer thesis thick thigh thing things thinking thinly thinner third-grade thirst thirsty
    thorn thoroughly thoughtful thoughtfully thousands thread three-year thrill thrilled thrilling thrive
    thriving throat throng throughput throw thrown thumb thunder thunderstorm thyroid tide tiger tile timber
    timeliness timely timid tinker tiny tip-top tireless tirelessly tiresome tiring tissue to-door toaster
    tobacco toddler toe toilet tolerable tolerance tolerant tolerate toll tomato ton tone tongue tonic tons
    tonsillitis toolkit tooth toothache topic torch tore torn tornado torrential toss touchdown touching
    touchy tougher toughest tourism tourist tow towel toxic toxicology toy trace traction tradition
    traditional traditionally tragedy tragic trail trailer trait trampoline trance tranquil transcribe
    transcript transit transmission transparency transparent transplant trauma-heavy traumatic treadmill
    treasure treat treatable treatment treats treaty tree trek tremendous tremendously trend trending trendy
    tribal tribe tribute trick trim tripod triumph trivial troop troops tropical troublesome truck trucker
    trumpet trunk trustworthy truth truthful truthfully tub tube tuberculosis tuition tumble tumor tune
    tunnel turbulent turn-key turnaround turndown turtle tutoring tuxedo twins twist twisted two-year
    typhoon ulcer ultimate ultimately ultra umbrella umpire unacceptable unanimous unavoidable unavoidably
    unaware unbeatable unbelievable unbelievably uncommon unconscious uncontrollable undergo undergraduate
    underlying undermine underneath underpaid underrated underserved undertake underwater undoubtedly
    uneventful unfamiliar unforeseen unforgettable unhappy uniform unify uninsured unite united unity
    universal university unleash unlimited unlock unlucky unmatched unmet unpack unparalleled unplanned
    unpleasant unplug unprecedented unpredictable unreasonable unrelated unreliable unrest unruly unsafe
    unseen unstable unsung untouched unusually unwell unwind up upbeat upfront uphill uplift uplifting
    upload upper uproar upset upside upstream upswing uptick upward urban urge urgency urinary urine urology
    usage user-friendly utility utilization utilize utter vacuum vague valiant validate valuable vampire
    vanilla vantage varied vascular vase vast vastly vault vegetable vegetarian vehicle vein velvet vendor
    vengeance venmo ventilate ventilation ventilator venture venue verbal verbally versatile versatility
    verse versus vertical vertigo vessel vest vet viable vibe vibes vibrant vibrate vicious victim victory
    view-point viewing vigilant vigor vigorous villager vine vineyard vintage violence violent viral virtue
    virus visibility visible visibly vision visionary visitation visitor visual visually vitality vitamin
    vivid vocabulary vocal voicemails volcano voltage vomit vomiting voter voucher vow voyage vulnerable
    wade wag wage wages wagon waist wake wakeup walker walkway wallet wallpaper walnut wander warehouse
    warm-up warmer warmest warmly warmth warrior wary wash washer washing washout wasp waste watchful water
    watercolor watermelon waterpark wave wavy wax weak weaken weakness wealth wealthy wear weariness wearing
    weary weasel web webpage weed weeklong weep weigh weigh-in weight weights weird weirdly welfare
    wellbeing wellness wet wetlands whale wheat wheel wheelchair whelm whenever wherever whimsical whine
    whip whirl whirlwind whisk whiskey whisper whistle white whiteboard whiteout wholesale wholesome wicked
    widely widen widespread widow wild wilderness wildfire wildlife wildly willful willingly willingness
    wind windfall winding window windshield windy winery wing-man winter's wintry wipe wisdom wisely wish
    wit witty wizard woke wolf woman women wonder wondered wonderfully wonders wood wooden wool workable
    workaholic workforce workhorse workmate workplace worksheet workstation worldly worldwide worm worn
    worried worrier worrisome worrying worsen worst worthless worthwhile worthy wound wounds wrap wrap-up
    wrestle wrestling wrinkle wrist x-ray x-rays xray yacht yard yarn yawn yearly yell yellow yogurt
    youngest youngster youth youthful yummy zeal zealous zero-stress zest zoo
    """.split()
)
"""Lower case."""
