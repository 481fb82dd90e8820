package index

import "strings"

// stopWords carry no meaning of their own: they are neither looked up nor counted, but they
// count where word order does (see the features "contiguous" and "order").
var stopWords = set(`a an the of in on at to for from by with about as into onto upon and or but if then than
	that this these those it its he she they them his her their is are was were be been being am do does did done
	doing has have had having will would can could shall should may might must not no so such there here also
	any some us we you i me my mine your yours our ours him hers theirs itself himself herself themselves myself
	yourself ourselves during please tell ok okay im ive dont doesnt didnt isnt wasnt arent werent wont wouldnt
	cant couldnt shouldnt hasnt havent hadnt don doesn didn isn wasn aren weren won wouldn couldn shouldn hasn
	haven hadn ain`)

// questionWords say what is wanted rather than what it is about; contracted without an
// apostrophe as people type them.
var questionWords = map[string]string{
	"who": "who", "whom": "who", "whose": "who", "whos": "who", "whod": "who",
	"what": "what", "whats": "what", "wats": "what", "wat": "what", "whatd": "what", "which": "which",
	"when": "when", "whens": "when", "where": "where", "wheres": "where",
	"why": "why", "whys": "why", "how": "how", "hows": "how",
}

// happenings ask for whatever a story tells: "what happened in April?" looks for April alone.
var happenings = set(`happen happens happened happening occur occurs occurred`)

// Words that show in a sentence that it may hold what a kind of question wants.
var (
	pronouns         = set(`he she it they him her them his hers its their theirs this these those such both former latter`)
	personalPronouns = set(`he she him her his hers`)
	thingPronouns    = set(`it its they them their`)
	negations        = set(`not no never none nobody nothing neither nor without cannot dont doesnt didnt isnt wasnt arent werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt don doesn didn isn wasn aren weren won wouldn couldn shouldn hasn haven hadn unable fail failed`)
	months           = set(`january february march april june july august september october november december`)
	timeWords        = set(`monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter today yesterday tomorrow tonight morning evening noon midnight year month week decade century centuries decades years months weeks day days hours later earlier ago soon recently early late`)
	placeWords       = set(`in at from to near of between around throughout across into within for off outside inside beside along`)
	cueReason        = set(`because due since reason reasons cause caused causes therefore thus hence result resulted resulting order so as to allow allowed led leading owing fear lest`)
	cueManner        = set(`by through using via with when`)
	numerals         = set(`two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half third quarter percent both single several twice one`)
	money            = set(`dollar dollars euro euros pound pounds yen cent cents usd`)
)

// digits are the numbers that people write either way.
var digits = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
	"seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
	"sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100", "thousand": "1000",
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
