package main

import (
	"slices"
	"strings"
)

// idioms are verbs that are said in several words, each with verbs that mean the same. WordNet has most of these
// ("step down" for "resign"), but not which sense is meant; here are everyday ones, about work, business and life. Those with
// a question mark often mean something else. Articles, possessives and pronouns are left out.
const idioms = `
bring_on_board hire recruit employ
take_on_board hire recruit
come_on_board join?
get_on_board join?
take_on hire employ
bring_in hire
sign_up recruit enlist enroll
remove_from_role dismiss fire
remove_from_post dismiss fire
remove_from_position dismiss fire
remove_from_office dismiss depose
relieve_of_duties dismiss fire
strip_of_role dismiss
let_go dismiss fire
lay_off dismiss fire
show_door dismiss fire
step_aside resign withdraw?
leave_post resign quit
leave_role resign quit
leave_job resign quit
leave_company resign quit
part_ways separate? leave?
call_time end?
call_day stop? end?
put_in_charge appoint
name_head appoint
take_charge lead? head?
take_helm lead? head?
take_reins lead? head?
at_helm lead? head?
take_over acquire buy succeed? replace
buy_out acquire buy
snap_up buy acquire
go_public float? list?
go_bankrupt fail? collapse?
go_bust fail? collapse?
go_under fail? collapse?
shut_down close?
close_down close?
wind_down close? end?
set_up found? establish create
start_up found?
get_off_ground start launch
kick_off start begin
get_underway start begin
roll_out launch introduce release?
bring_out release? publish launch
put_out release? publish
come_out appear?
take_part participate
take_place occur happen
get_in_touch contact
reach_out contact
get_hold contact
keep_quiet conceal hide
make_public disclose reveal publish
make_known disclose reveal announce
come_to_light emerge
find_out discover? learn?
figure_out understand? solve?
work_out solve?
look_into investigate examine?
carry_out perform? execute? conduct?
give_go-ahead approve
give_green_light approve
sign_off approve
turn_down reject refuse decline?
rule_out exclude? reject
call_off cancel
put_off postpone delay
put_on_hold postpone suspend? delay
put_on_ice postpone suspend?
put_on_trial try?
lock_up imprison jail
put_behind_bars imprison jail
break_law violate
get_married marry wed
tie_knot marry wed
split_up separate? divorce
break_up separate?
pass_away die
lose_life die
take_own_life suicide
give_birth bear? deliver?
grow_up raise?
run_for stand? campaign?
run_away escape flee
move_house relocate
fall_short fail? miss?
fall_behind lag?
fall_apart collapse?
catch_up reach?
point_out mention? note?
speak_out protest criticize
stand_up_for defend support?
back_down yield? withdraw?
give_in yield? surrender
hand_over surrender transfer?
pay_back repay refund
set_aside reserve? save?
make_up invent
burn_down destroy
wipe_out destroy eliminate
blow_up explode destroy
run_out exhaust
use_up exhaust consume
step_down resign quit
stand_down resign withdraw?
carry_on continue
go_on continue happen?
take_off depart?
end_up become?
bring_up raise? mention?
back_out withdraw?
hold_up delay rob
put_together assemble
make_up_mind decide
come_to_power rise?
take_to_court sue
bring_to_justice prosecute
go_to_war fight?
change_hand sell?
`

// small are the words that are left out of phrases, wherever they stand in them; package index leaves the same out.
var small = strings.Fields(`a an the one's own it`)

// addIdioms relates the idioms to what they mean.
func (r *relater) addIdioms() {
	for line := range strings.Lines(strings.TrimSpace(idioms)) {
		words := strings.Fields(line)
		for _, verb := range words[1:] {
			weight := 95
			if word, ambiguous := strings.CutSuffix(verb, "?"); ambiguous {
				verb, weight = word, 80
			}
			r.relatePhrase(words[0], verb, weight, 0)
		}
	}
}

// relatePhrase relates a phrase and a word, both ways.
func (r *relater) relatePhrase(phrase, word string, weight, sense int) {
	var stems []string
	for part := range strings.FieldsFuncSeq(phrase, func(c rune) bool { return c == '_' || c == '-' }) {
		switch {
		case slices.Contains(small, part):
		case !isWord(part):
			return
		default:
			stems = append(stems, r.stem(part))
		}
	}
	if len(stems) < 2 || !r.areKnown(append(stems, r.stem(word))) || slices.Contains(stems, r.stem(word)) {
		return
	}
	key := strings.Join(stems, " ")
	r.stemRare[key], r.rare[key] = phraseRarity, phraseRarity
	r.relate(key, word, weight, sense)
	r.relate(word, key, weight, sense)
}

// phraseRarity is given to phrases, which nobody has counted, to order them among relations.
const phraseRarity = 8
