//! How to get to the screens that are drawn.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use iced_test::core::widget::Id;
use iced_test::core::widget::operation::scrollable::{RelativeOffset, snap_to};
use iced_test::runtime::widget::operation;
use iced_test::selector::Candidate;
use lucide_icons::Icon;
use postfordeler::desktop::{Message, Page};

use crate::window::Window;

/// Ctrl and that letter.
pub fn command(window: &mut Window, letter: &str) {
    window.press_with(Modifiers::CTRL, letter);
}

pub fn look_at(window: &mut Window, day: &str) {
    command(window, "g");
    window.fill("looked-at-day", day);
    window.press(Named::Enter);
}

pub fn changes_on_another_day(window: &mut Window) {
    command(window, "9");
    look_at(window, "01-01-2030");
}

pub fn overview_watched(window: &mut Window) {
    command(window, "1");
    window.scroll_to("overview", 5_000.0);
}

/// What can be done with the chart.
pub fn overview_picture(window: &mut Window) {
    command(window, "1");
    window.click_first_icon(Icon::ImageDown);
}

/// The picture of what moves.
pub fn changes_flows(window: &mut Window) {
    command(window, "9");
    let title = |candidate: Candidate<'_>| match candidate {
        Candidate::Text { content: "Afspil" | "Replay", bounds, .. } => Some(bounds.y),
        _ => None,
    };
    let top = window.first(title).expect("the card");
    window.scroll_to("editor", top - 140.0);
}

pub fn history_published(window: &mut Window) {
    window.send(Message::Show(Page::History));
    window.click("Kontante ydelser ryddet op");
}

pub fn map(window: &mut Window) {
    window.send(Message::Show(Page::Map));
}

/// The way of a message that fell to the default recipient.
pub fn map_of_message(window: &mut Window) {
    open_message(window, 9);
    let words = if window.shows("Vis på kortet") { "Vis på kortet" } else { "Show on the map" };
    window.click(words);
}

pub fn map_open(window: &mut Window) {
    map(window);
    window.tab_until(|window| window.has_focus("map-picture"));
    for key in [Named::Home, Named::ArrowRight, Named::ArrowRight, Named::Enter] {
        window.press(key);
    }
}

pub fn coverage(window: &mut Window) {
    window.send(Message::Show(Page::Coverage));
}

pub fn coverage_in(window: &mut Window) {
    coverage(window);
    window.click("28 Dagtilbud");
}

pub fn coverage_of_form(window: &mut Window) {
    coverage(window);
    window.click("FORM");
}

pub fn default_mail(window: &mut Window) {
    window.send(Message::Show(Page::DefaultMail));
}

pub fn default_mail_by_kle(window: &mut Window) {
    default_mail(window);
    let is_danish = window.shows("90 dage");
    let words = if is_danish { ["90 dage", "Uge", "KLE-gruppe · "] } else { ["90 days", "Week", "KLE group · "] };
    window.click(words[0]);
    window.click(words[1]);
    let title = window.texts().into_iter().find(|text| text.words.starts_with(words[2]));
    window.click(&title.expect("there is such a group").words);
    window.scroll_to("default-mail", 300.0);
}

pub fn wrong_authority(window: &mut Window) {
    window.fill("authority-cvr", "1110203");
    window.fill("first-endpoint", "esdh");
    window.press(Named::Enter);
}

pub fn overview_of_a_week(window: &mut Window) {
    command(window, "1");
    let words = if window.shows("7 dage") { "7 dage" } else { "7 days" };
    window.click(words);
}

/// The rule at that place of the list, counted from 1.
pub fn open_rule(window: &mut Window, place: usize) {
    (0..place).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::F2);
}

pub fn wrong_rule(window: &mut Window) {
    command(window, "n");
    window.choose_nth("rule-element", 4);
    window.fill("rule-value", "35");
    window.fill("rule-value-end", "31");
    window.fill("rule-priority", "10");
    window.scroll_to("editor", 240.0);
    window.fill("rule-from", "31-02-2026");
    window.fill("rule-to", "snart");
    window.scroll_to("editor", 0.0);
    command(window, "s");
}

/// A list dropped down.
pub fn choices(window: &mut Window) {
    open_rule(window, 2);
    window.click_field("rule-fagsystem");
}

pub fn timeline(window: &mut Window) {
    window.send(Message::Show(Page::Timeline));
    window.lay_out();
}

pub fn timeline_by_kle(window: &mut Window) {
    timeline(window);
    window.click("KLE");
}

pub fn kle_tree(window: &mut Window) {
    open_rule(window, 8);
    window.click_first_icon(Icon::ChevronRight);
}

/// The numbers of the plan that hold a word.
pub fn kle_by_word(window: &mut Window) {
    command(window, "n");
    window.choose_nth("rule-element", 4);
    window.fill("rule-value", "dagtilbud");
}

/// A main group with its rule beside the list.
pub fn kle_chosen(window: &mut Window) {
    window.send(Message::Show(Page::Kle));
    window.click("Arbejdsmarked og beskæftigelsesindsats");
}

pub fn kle_unfolded(window: &mut Window) {
    window.send(Message::Show(Page::Kle));
    window.click_first_icon(Icon::ChevronsUpDown);
    window.click("Venteliste og pladsanvisning");
}

pub fn search_kle(window: &mut Window, words: &str) {
    window.send(Message::Show(Page::Kle));
    window.fill("kle-search", words);
}

pub fn calendar(window: &mut Window) {
    open_rule(window, 2);
    window.scroll_to("editor", 240.0);
    window.click_first_icon(Icon::CalendarDays);
}

pub fn several(window: &mut Window, rules: usize) {
    window.press(Named::ArrowDown);
    (1..rules).for_each(|_| window.press_with(Modifiers::SHIFT, Named::ArrowDown));
}

pub fn wrong_dates(window: &mut Window) {
    several(window, 4);
    window.fill("rules-from", "25-10-20");
    window.fill("rules-to", "30-02-2026");
    window.press(Named::Enter);
}

pub fn switch(window: &mut Window, to: usize) {
    window.click_first_icon(Icon::ArrowLeftRight);
    window.choose_nth("switch-from", 0);
    window.choose_nth("switch-to", to);
}

/// All columns to choose from, and two filters.
pub fn filtered(window: &mut Window) {
    window.click_first_icon(Icon::Columns3);
    window.click_first_icon(Icon::CircleCheck);
    window.click("Jobcenter");
}

pub fn filtered_and_open(window: &mut Window) {
    filtered(window);
    open_rule(window, 1);
}

pub fn moving(window: &mut Window) {
    several(window, 2);
    window.hold(Modifiers::ALT);
    (0..2).for_each(|_| window.press(Named::ArrowDown));
}

pub fn deleted(window: &mut Window) {
    (0..2).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::Delete);
}

pub fn unsaved(window: &mut Window) {
    window.click("Byg og bolig");
    window.fill("rule-priority", "10");
    command(window, "n");
}

pub fn try_address(window: &mut Window) {
    window.send(Message::Show(Page::TryMessage));
    window.fill("try-contact-point", "a7d1f6f2-2c0b-4b0e-8a53-6b0f1f6d2e21");
    window.fill("try-group", "Byg og bolig");
    window.fill("try-kle", "28.06.00");
}

pub fn paste_for_another(window: &mut Window) {
    window.send(Message::Show(Page::TryMessage));
    window.clipboard = Some(include_str!("../../../resources/guide/examples/besked.xml").to_owned());
    window.ctrl("v");
}

pub fn publish_without_note(window: &mut Window) {
    window.press_with(Modifiers::CTRL, Named::Enter);
    window.press(Named::Enter);
}

pub fn carry_over(window: &mut Window) {
    // The button is words alone, other ones in each language.
    window.send(Message::CarryOver);
}

pub fn compared(window: &mut Window) {
    window.send(Message::Show(Page::History));
    window.press(Named::ArrowDown);
}

pub fn fagsystem(window: &mut Window) {
    command(window, "3");
    window.click("Jobcenter");
}

pub fn wrong_fagsystem(window: &mut Window) {
    command(window, "3");
    command(window, "n");
    window.fill("fagsystem-id", "esdh");
    window.fill("fagsystem-endpoint", "jobcenter");
    command(window, "s");
}

pub fn contact_point(window: &mut Window, title: &str) {
    command(window, "4");
    window.click(title);
}

pub fn end_of_contact_point(window: &mut Window) {
    contact_point(window, "Byggetilladelser");
    window.operate(Box::new(snap_to(Id::new("editor"), RelativeOffset { x: None, y: Some(1.0) })));
}

pub fn filtered_contact_points(window: &mut Window) {
    command(window, "4");
    window.choose_nth("point-filter", 0);
}

pub fn contact_tree(window: &mut Window) {
    command(window, "4");
    window.click_first_icon(Icon::ListTree);
    (0..6).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::ArrowLeft);
    window.press(Named::ArrowUp);
}

pub fn find_contact_point(window: &mut Window, words: &str) {
    command(window, "4");
    window.fill("point-search", words);
}

pub fn wrong_contact_point(window: &mut Window) {
    command(window, "4");
    command(window, "n");
    window.fill("point-id", "5F0C2A51-8F43-4D0C-9D6C-1E2B7C9A4D10");
    window.fill("point-groups", "borger > byg");
    command(window, "s");
}

/// The end of an editor.
pub fn to_the_end_of_the_editor(window: &mut Window) {
    window.perform(operation::snap_to_end("editor"));
}

pub fn needed_fagsystem(window: &mut Window) {
    fagsystem(window);
    window.choose_nth("fagsystem-heir", 1);
    to_the_end_of_the_editor(window);
}

pub fn tried_fagsystem(window: &mut Window) {
    fagsystem(window);
    window.fill("fagsystem-endpoint", "https://jobcenter.invalid/postmodtag");
    window.click_first_icon(Icon::PlugZap);
}

/// Where the file would be differs from machine to machine.
pub fn no_keyring(window: &mut Window) {
    fagsystem(window);
    window.choose_nth("fagsystem-access", 1);
    window.perform(operation::snap_to("editor", operation::RelativeOffset { x: None, y: Some(0.45) }));
    window.fill("secrets-file", "/home/kirsten/hemmeligheder.json");
}

/// A page by its name in the sidebar, in either language.
pub fn show_page(window: &mut Window, danish: &str, english: &str) {
    let name = if window.shows(danish) { danish } else { english };
    window.click(name);
}

pub fn other_number(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    window.click_last("Eksempelby Kommune");
    window.fill("authority-cvr", "01102044");
    window.fill("authority-more", "01102036, 99999999");
}

pub fn delete_authority(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    window.click("Eksempelby Forsyning");
    window.click_first_icon(Icon::Trash2);
}

pub fn wrong_new_authority(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    command(window, "n");
    window.fill("authority-cvr", "01102036");
    window.fill("authority-more", "1234, 01102036");
    window.fill("authority-endpoint", "esdh");
    command(window, "s");
}

pub fn known_authorities(window: &mut Window) {
    show_page(window, "Myndigheder", "Authorities");
    show_page(window, "Kendte myndigheder", "Known authorities");
}

pub fn known_authority(window: &mut Window) {
    known_authorities(window);
    (0..3).for_each(|_| window.press(Named::ArrowDown));
    window.fill("known-cvr", "01102036");
}

pub fn wrong_address(window: &mut Window) {
    command(window, "8");
    let words = if window.shows("Indstillinger") { "Indstillinger" } else { "Settings" };
    window.click(words);
    window.fill("router-address", "alle steder");
}

pub fn look_for(window: &mut Window, words: &str) {
    command(window, "k");
    window.type_text(words);
}

pub fn filtered_log(window: &mut Window) {
    command(window, "7");
    window.choose_nth("log-period", 3);
    window.click_first_icon(Icon::CircleX);
    window.click_first_icon(Icon::FunnelX);
    window.click_first_icon(Icon::CircleX);
}

pub fn search_log(window: &mut Window, part: &str) {
    command(window, "7");
    window.fill("log-search", part);
}

pub fn days_of_log(window: &mut Window) {
    command(window, "7");
    window.choose_nth("log-period", 6);
    window.fill("log-from", "16-11-2026");
    window.fill("log-to", "22-11-26");
    window.click_first_icon(Icon::CalendarDays);
}

pub fn kept_days(window: &mut Window) {
    command(window, "7");
    window.click_first_icon(Icon::CalendarClock);
    window.fill("log-kept-days", "7");
}

/// Where it is to be written differs from machine to machine.
pub fn export_log(window: &mut Window) {
    command(window, "7");
    window.click_first_icon(Icon::Download);
    window.fill("log-export-path", "/home/kirsten/meddelelser-2026-11-23.xlsx");
}

pub fn open_message(window: &mut Window, place: usize) {
    command(window, "7");
    (0..=place).for_each(|_| window.press(Named::ArrowDown));
    window.press(Named::Enter);
}

/// Every rule that did not decide, too.
pub fn story_document(window: &mut Window, uuid: &str) {
    story(window, uuid);
    window.click_icon(lucide_icons::Icon::FileText);
}

pub fn story(window: &mut Window, uuid: &str) {
    search_log(window, uuid);
    open_message(window, 0);
    window.click_first_icon(Icon::ChevronRight);
}

/// Two practice fagsystems, one of them in a bad mood.
pub fn practice(window: &mut Window) {
    window.send(Message::Show(Page::Practice));
    window.click_icon(Icon::Plus);
    window.click_icon(Icon::Plus);
    window.click_icon(Icon::Turtle);
}

/// Made-up messages, to be saved in a directory that has the same name everywhere.
pub fn traffic(window: &mut Window) {
    window.send(Message::Show(Page::Traffic));
    window.fill("traffic-directory", "/home/kirsten/meddelelser");
    window.press(Named::Escape);
    window.scroll_to("traffic-form", 0.0);
}

/// Letters from doctors about sickness benefit, without a contact point.
pub fn traffic_by_wish(window: &mut Window) {
    window.send(Message::Show(Page::Traffic));
    let chips = ["Efter ønske", "By wish"].into_iter().find(|words| window.shows(words));
    window.click(chips.expect("the wish"));
    window.choose_nth("traffic-writer", 2);
    window.choose_nth("traffic-subject", 5);
    window.choose_nth("traffic-address", 1);
    window.choose_nth("traffic-number", 2);
    window.fill("traffic-number-value", "32.39.04");
}

/// What the guide says of the timeline.
pub fn guide(window: &mut Window) {
    window.send(Message::Show(Page::Timeline));
    window.press(Named::F1);
}

pub fn guide_contents(window: &mut Window) {
    guide(window);
    window.press(Named::Tab);
    window.tab_until(|window| window.has_focus_on("Alle sider") || window.has_focus_on("All pages"));
    window.press(Named::Enter);
}

pub fn guide_search(window: &mut Window) {
    window.press(Named::F1);
    window.type_fast("kvittering");
}

pub fn tour(window: &mut Window) {
    command(window, "k");
    window.type_fast("rundtur");
}

/// A lesson of which a check has found something wrong, with a hint.
pub fn lesson_checked(window: &mut Window) {
    window.send(Message::Show(Page::Lessons));
    window.click_icon(Icon::Lightbulb);
    window.click_icon(Icon::ListChecks);
}

pub fn lesson_certificate(window: &mut Window) {
    window.send(Message::Show(Page::Lessons));
    window.ctrl("k");
    window.type_fast("diploma");
    window.press(Named::Enter);
}

pub fn lesson_builder(window: &mut Window) {
    window.send(Message::Show(Page::Lessons));
    window.ctrl("k");
    window.type_fast("record");
    window.press(Named::Enter);
}

/// The form that says where the progress is saved to; its path is not the same on every machine.
pub fn lesson_room_save(window: &mut Window) {
    lesson_room(window);
    window.ctrl("k");
    window.type_fast("usb fil");
    window.press(Named::Enter);
    window.fill("room-path", "/media/usb/fremskridt.pffremgang");
}

pub fn lesson_room(window: &mut Window) {
    window.send(Message::Show(Page::Lessons));
    window.ctrl("k");
    window.type_fast("learners");
    window.press(Named::Enter);
}
