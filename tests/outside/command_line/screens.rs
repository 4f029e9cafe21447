//! The window where its screen cannot be used: one line that says why, and what to do.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::thread::{self, JoinHandle};

use super::{Workplace, assert_failed, text};

/// Opens the window on the screen of that name.
fn opened_on(workplace: &Workplace, variable: &str, name: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["--data", &text(&workplace.data())])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("RUST_BACKTRACE", "1")
        .env(variable, name)
        .output()
        .expect("the program runs")
}

/// An X server that answers every client in that way, and the `DISPLAY` that leads to it; `None` where no port that a display can
/// have is free.
fn server(answer: Vec<u8>) -> Option<(String, JoinHandle<()>)> {
    let (number, listener) =
        (600..700).find_map(|number: u16| Some((number, TcpListener::bind(("127.0.0.1", 6_000 + number)).ok()?)))?;
    let serving = thread::spawn(move || {
        let (mut client, _) = listener.accept().expect("a client");
        let mut asked = [0; 12];
        client.read_exact(&mut asked).expect("a client says how it writes numbers");
        client.write_all(&answer).expect("it listens");
        // Until it has gone.
        let _ = client.read_to_end(&mut Vec::new());
    });
    Some((format!("127.0.0.1:{number}"), serving))
}

/// A server refuses with its reason, padded to four bytes.
fn refusal(reason: &str) -> Vec<u8> {
    let mut reason_bytes = reason.as_bytes().to_vec();
    reason_bytes.resize(reason.len().next_multiple_of(4), 0);
    let words = u16::try_from(reason_bytes.len() / 4).expect("it is short").to_le_bytes();
    let length = u8::try_from(reason.len()).expect("it is short");
    [&[0, length, 11, 0, 0, 0, words[0], words[1]], reason_bytes.as_slice()].concat()
}

/// A server with one screen of that many bits for a colour, which come from a palette.
fn palette_screen(depth: u8) -> Vec<u8> {
    let visual = [&33_u32.to_le_bytes()[..], &[3, 8], &256_u16.to_le_bytes(), &[0; 16]].concat();
    let depths = [&[depth, 0, 1, 0, 0, 0, 0, 0], visual.as_slice()].concat();
    let mut screen = Vec::new();
    screen.extend(1_u32.to_le_bytes());
    screen.extend([0; 16]);
    for size in [1366_u16, 768, 300, 200, 1, 1] {
        screen.extend(size.to_le_bytes());
    }
    screen.extend(33_u32.to_le_bytes());
    screen.extend([0, 0, depth, 1]);
    screen.extend(depths);
    let format = [depth, 8, 32, 0, 0, 0, 0, 0];
    let mut fixed = Vec::new();
    for value in [1_u32, 0x20_0000, 0x1f_ffff, 256] {
        fixed.extend(value.to_le_bytes());
    }
    fixed.extend(0_u16.to_le_bytes());
    fixed.extend(0xffff_u16.to_le_bytes());
    fixed.extend([1, 1, 0, 0, 32, 32, 8, 255, 0, 0, 0, 0]);
    let rest = [fixed, format.to_vec(), screen].concat();
    let words = u16::try_from(rest.len() / 4).expect("it is short").to_le_bytes();
    [vec![1, 0, 11, 0, 0, 0, words[0], words[1]], rest].concat()
}

#[test]
fn a_screen_that_cannot_be_used_is_told_in_one_line() {
    let workplace = Workplace::new();
    for (variable, name, said) in [
        ("DISPLAY", "hej", "DISPLAY is 'hej', which names no screen"),
        ("DISPLAY", ":59999", "no X server answers at DISPLAY ':59999'"),
        ("WAYLAND_DISPLAY", "findes-ikke", "no Wayland compositor answers at WAYLAND_DISPLAY 'findes-ikke'"),
    ] {
        assert_failed(name, &opened_on(&workplace, variable, name), said);
    }
}

#[test]
fn a_server_that_refuses_or_has_too_few_colours_is_told_in_one_line() {
    let workplace = Workplace::new();
    for (answer, said) in [
        (refusal("No protocol specified\n"), "does not let this user in (No protocol specified): "),
        (palette_screen(8), "the screen has only 8 bits for a colour, and 15 are needed"),
    ] {
        let Some((display, serving)) = server(answer) else { return };
        assert_failed(said, &opened_on(&workplace, "DISPLAY", &display), said);
        serving.join().expect("it has served");
    }
}
