//! What numbers and texts mean on their own: CVR, CPR, KLE, FORM, names without case.

use postfordeler::rules::{Caseless, Criterion, Cvr, Facts, Form, FormNumbers, Interval, Kle, KleNumbers, without_cpr};

use super::cases::{person_to_us, takes};

#[test]
fn a_kle_interval_takes_its_ends_and_all_that_begins_with_them() {
    let cases = [
        // A hovedgruppe through another.
        ("31 - 35", "30.99.99", false),
        ("31 - 35", "31.00.00", true),
        ("31 - 35", "33.12.07", true),
        ("31 - 35", "35.99.99", true),
        ("31 - 35", "36.00.00", false),
        ("31 - 35", "03.10.00", false),
        // One alone is the whole of it.
        ("27.36", "27.35.99", false),
        ("27.36", "27.36.00", true),
        ("27.36", "27.36.99", true),
        ("27.36", "27.37.00", false),
        ("27", "27.99.99", true),
        ("27", "28.00.00", false),
        ("27.36.04", "27.36.04", true),
        ("27.36.04", "27.36.03", false),
        ("27.36.04", "27.36.05", false),
        // Ends of different depths.
        ("27.36.04 - 28", "27.36.03", false),
        ("27.36.04 - 28", "27.36.04", true),
        ("27.36.04 - 28", "28.99.99", true),
        ("27.36.04 - 28", "29.00.00", false),
        ("27 - 27.36.04", "26.99.99", false),
        ("27 - 27.36.04", "27.00.00", true),
        ("27 - 27.36.04", "27.36.04", true),
        ("27 - 27.36.04", "27.36.05", false),
        ("31.10 - 31", "31.09.99", false),
        ("31.10 - 31", "31.99.99", true),
        // As numbers, and to the very ends of the plan.
        ("08 - 09", "09.00.00", true),
        ("08 - 10", "09.50.00", true),
        ("00", "00.00.00", true),
        ("99", "99.99.99", true),
        ("00 - 99", "50.50.50", true),
        // What a message says of a whole group is that group's "i almindelighed".
        ("31", "31", true),
        ("31.00", "31", true),
        ("31.00.01 - 35", "31", false),
        ("27.36", "27", false),
    ];
    for (interval, number, inside) in cases {
        let parsed: Interval<KleNumbers> = interval.parse().expect(interval);
        let number: Kle = number.parse().expect(number);
        assert_eq!(parsed.contains(number), inside, "{number} in {interval}");
        let facts = Facts { kle: Some(number), ..person_to_us() };
        assert_eq!(takes(&Criterion::Kle(parsed), &facts), inside, "a decision on {number} by {interval}");
    }
}

#[test]
fn a_form_interval_goes_to_the_fourth_level() {
    let cases = [
        ("10.05", "10.04.99.99", false),
        ("10.05", "10.05.00.00", true),
        ("10.05", "10.05.99.99", true),
        ("10.05", "10.06.00.00", false),
        ("10.05.10.05 - 10.05.10", "10.05.10.04", false),
        ("10.05.10.05 - 10.05.10", "10.05.10.99", true),
        ("10.05.10.05 - 10.05.10", "10.05.11.00", false),
        ("99", "99.99.99.99", true),
    ];
    for (interval, number, inside) in cases {
        let parsed: Interval<FormNumbers> = interval.parse().expect(interval);
        let number: Form = number.parse().expect(number);
        assert_eq!(parsed.contains(number), inside, "{number} in {interval}");
        let facts = Facts { form: Some(number), ..person_to_us() };
        assert_eq!(takes(&Criterion::Form(parsed), &facts), inside, "a decision on {number} by {interval}");
    }
}

#[test]
fn what_is_no_number_of_the_classification_is_not_read_as_one() {
    let texts = [
        "",
        " ",
        "3",
        "310",
        "31.",
        ".31",
        "31..00",
        "31,00",
        "31.0",
        "31.000",
        "3a",
        "31.00.00 A00",
        "31.00.00-A00",
        "٣١",
        "+1",
        "-1",
        "31 .00",
        "31.00.00.00.00",
        "27 36 04",
    ];
    for text in texts {
        assert!(text.parse::<Kle>().is_err(), "'{text}' as KLE");
        assert!(text.parse::<Form>().is_err(), "'{text}' as FORM");
    }
    assert!("10.05.10.05".parse::<Kle>().is_err(), "a KLE number has three levels at most");
    assert!("10.05.10.05".parse::<Form>().is_ok());
}

#[test]
fn an_interval_that_runs_backwards_is_refused() {
    let cases = [
        ("35 - 31", false),
        ("31.50 - 31.49", false),
        ("31.50.01 - 31.50.00", false),
        ("31 - 31", true),
        ("31.50.01 - 31.50", true),
        ("31.99.99 - 31", true),
        ("31-35", true),
        ("  31  -  35  ", true),
        ("31 - ", false),
        (" - 31", false),
        ("31 - 32 - 33", false),
    ];
    for (text, accepted) in cases {
        assert_eq!(text.parse::<Interval<KleNumbers>>().is_ok(), accepted, "'{text}'");
    }
}

#[test]
fn the_check_digit_of_a_cvr_number_is_modulus_11() {
    let cases = [
        ("66137112", true),
        ("29189846", true),
        ("64942212", true),
        ("00000000", true),
        ("11223344", false),
        ("66137113", false),
        ("66137102", false),
        ("12345678", false),
        ("99999999", false),
    ];
    for (digits, fits) in cases {
        let weights = [2, 7, 6, 5, 4, 3, 2, 1];
        let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        assert_eq!(sum.is_multiple_of(11), fits, "the case itself: {digits}");
        assert_eq!(digits.parse::<Cvr>().map(Cvr::has_valid_check_digit), Ok(fits), "{digits}");
    }
}

#[test]
fn a_cvr_number_is_eight_digits_and_is_shown_as_such() {
    for text in ["", "1234567", "123456789", "1234567a", " 12345678", "+1234567", "12 34 56", "١٢٣٤٥٦٧٨"] {
        assert!(text.parse::<Cvr>().is_err(), "'{text}'");
    }
    assert_eq!("00000012".parse::<Cvr>().map(|cvr| cvr.to_string()).as_deref(), Ok("00000012"));
}

#[test]
fn names_compare_without_the_case_of_danish_letters_and_no_other() {
    let cases = [
        ("Børn og Unge", "BØRN OG UNGE", true),
        ("ÆLDRE", "ældre", true),
        ("Åben", "åbEN", true),
        (" Dagtilbud\t", "dagtilbud", true),
        ("163710AE-5078-350C-0000-000000000440", "163710ae-5078-350c-0000-000000000440", true),
        ("Ældre", "Aeldre", false),
        ("Børn", "Born", false),
        ("Børn og unge", "Børn  og unge", false),
        // What looks or counts as the same elsewhere is another name here.
        ("KP-1", "\u{212A}P-1", false),
        ("kp-1", "\u{212A}P-1", false),
        ("Å", "\u{212B}", false),
        ("Å", "A\u{30A}", false),
        ("å", "a\u{30A}", false),
        ("s", "\u{17F}", false),
        ("ss", "ß", false),
        ("i", "İ", false),
        ("É", "é", false),
        ("Σ", "ς", false),
        ("KP-1", "ＫＰ-1", false),
        ("KP-1", "KP-1\u{200B}", false),
        ("Dagtilbud", "Dagtilbud\u{A0}", false),
        ("Dagtilbud", "\u{2028}Dagtilbud", false),
        ("Dagtilbud", "\r\nDagtilbud", true),
    ];
    for (one, other, same) in cases {
        assert_eq!(Caseless::new(one) == Caseless::new(other), same, "{one} / {other}");
    }
    assert_eq!(Caseless::new(" Børn ").as_str(), "Børn", "it is shown as it was written");
}

#[test]
fn a_text_that_may_hold_a_cpr_number_is_left_out() {
    let cases = [
        ("2512169996", true),
        ("251216-9996", true),
        ("251216 9996", true),
        ("borger 251216-9996 findes ikke", true),
        ("nr.2512169996.", true),
        ("æ2512169996ø", true),
        ("1: 0101010101", true),
        ("3112999999", true),
        // Replacement numbers add 60 to the day.
        ("8512169996", true),
        // What no person's number is.
        ("", false),
        ("251216", false),
        ("251216-999", false),
        // With digits beside it, too.
        ("25121699961", true),
        ("12512169996", true),
        ("00101701234", true),
        ("01017012-3401-4170-8123-400101701234", true),
        ("0000000000", false),
        ("3213999999", false),
        ("sagen er lukket", false),
        ("Sagsnr. 2024-123456", false),
        ("29189846", false),
        ("163710ae-5078-350c-0000-000000000440", false),
        ("251216.9996", true),
        ("251216\u{a0}9996", true),
        ("251216\u{2013}9996", true),
        ("25.12.16-9996", true),
        ("251216\u{2212}9996", true),
        ("251216_9996", true),
        ("251216\u{200b}9996", true),
        ("2512\u{ad}169996", true),
        ("251216 - 9996", true),
        ("tlf. 33 92 52 00", false),
        ("22.33.44.55", false),
        ("241d39f6-998e-4929-b198-ccacbbf4b330", false),
    ];
    for (text, left_out) in cases {
        let kept = without_cpr(text);
        assert_eq!(kept != text, left_out, "'{text}' became '{kept}'");
        assert!(!left_out || !kept.contains(|character: char| character.is_ascii_digit()), "'{kept}'");
    }
}
