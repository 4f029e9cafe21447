//! Personal data never gets in: after a full run nothing of it is in what the program keeps, logs, prints or answers.

mod letters;
mod notations;
mod planted;

use std::collections::VecDeque;
use std::fs;
use std::io::Write;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::process::Output;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tempfile::TempDir;

use crate::support::{
    Call, Fagsystem, Form, Router, Running, TIMEOUT, configuration, eventually, fagsystem_entry, postfordeler, publish,
    rule,
};
use letters::Letter;
use planted::{Allowed, Haystack, Planted};

/// A router among callers and fagsystems that tell it personal data in all the ways they can.
struct Run {
    router: Router,
    metrics: SocketAddr,
    planted: Rc<Planted>,
    letter: Letter,
    /// The answers that the fagsystem gives next.
    answers: Arc<Mutex<VecDeque<String>>>,
    fagsystem: Fagsystem,
    /// All output.
    told: Vec<Vec<u8>>,
    /// Everything that was said.
    heard: Vec<Haystack>,
}

#[test]
fn nothing_personal_is_in_what_the_router_keeps_logs_and_answers() {
    let mut run = Run::start("text");
    for letter in run.letters() {
        run.deliver("a message", "application/xml", letter.as_bytes());
        let form = Form::default().file("8C2EA15D-61FB-4BA9-9366-42F8B194C114", letter.as_bytes()).end();
        run.deliver("a form with a message", &Form::content_type(), &form);
    }
    run.hear_fagsystems_that_talk_too_much();
    run.deliver_in_odd_shapes();
    run.call_in_odd_ways();
    run.call_without_http();
    run.break_off();
    run.end();
}

#[test]
fn nothing_personal_is_in_what_the_commands_print_about_messages() {
    let mut run = Run::start("json");
    let data = run.router.data.path().to_str().unwrap().to_owned();
    let directory = TempDir::new().unwrap();
    for (number, letter) in run.letters().into_iter().enumerate() {
        let file = directory.path().join(format!("{number}.xml"));
        fs::write(&file, &letter).unwrap();
        let file = file.to_str().unwrap();
        let to = run.router.running.receiving_at.clone();
        for call in [&["decide", file, "--data", &data][..], &["decide", "--json", file, "--data", &data]] {
            run.hear_output(
                &format!("{} on message {number}", call[..2].join(" ")),
                Allowed::Nowhere,
                &postfordeler(call),
            );
        }
        run.hear_output("send", Allowed::Receipt, &postfordeler(&["send", file, "--to", &to]));
        run.told.push(letter.into_bytes());
    }
    run.end();
}

/// A configuration is its owner's own file, but a CPR number that has strayed into it is not repeated.
#[test]
fn no_cpr_number_is_in_what_import_says_of_a_configuration() {
    let planted = Planted::default();
    let cpr = |origin: &str| planted.cpr_with_dash(origin);
    let entry = |id: &str| fagsystem_entry(id, "http://127.0.0.1:9101/p");
    let (rule_id, point) = (cpr("a rule's fagsystem"), cpr("a contact point's id"));
    let twice = cpr("a fagsystem that stands twice");
    let mut contradictory = configuration(&[entry("esdh"), entry(&twice), entry(&twice)], &[]);
    contradictory["myndigheder"][0]["regler"] = json!([rule(1, &rule_id, "kle", "27")]);
    contradictory["myndigheder"][0]["kontaktpunkter"] = json!([{"id": point}, {"id": point}]);
    let mut numbers = std::iter::repeat_with(|| planted.cpr("a priority"));
    let priority: u64 = numbers.find(|digits| !digits.starts_with('0')).unwrap().parse().unwrap();
    let sound = configuration(&[entry("esdh")], &[]);
    let spoilt = |spoil: &dyn Fn(&mut serde_json::Value)| {
        let mut configuration = sound.clone();
        spoil(&mut configuration);
        configuration
    };
    let bad_rule = |key: &str, value: &str| {
        spoilt(&|it| {
            it["myndigheder"][0]["regler"] = json!([rule(1, "esdh", "kle", "27")]);
            it["myndigheder"][0]["regler"][0][key] = value.into();
        })
    };
    let configurations = [
        contradictory.to_string(),
        spoilt(&|it| it["format"] = cpr("the format").into()).to_string(),
        spoilt(&|it| it["version"] = priority.into()).to_string(),
        spoilt(&|it| it[cpr("a key")] = 1.into()).to_string(),
        spoilt(&|it| it["kendteMyndigheder"] = json!([cpr("a known authority")])).to_string(),
        spoilt(&|it| it["myndigheder"][0]["cvr"] = cpr("an authority").into()).to_string(),
        spoilt(&|it| it["myndigheder"][0]["opsamlingssystem"] = cpr("the default").into()).to_string(),
        spoilt(&|it| it["myndigheder"][0]["fagsystemer"][0]["endpoint"] = cpr("an endpoint").into()).to_string(),
        bad_rule("regelvaerdi", &cpr("a KLE number")).to_string(),
        bad_rule("regelelement", &cpr("a rule element")).to_string(),
        bad_rule("segment", &cpr("a segment")).to_string(),
        bad_rule("gyldigFra", &cpr("a date")).to_string(),
        bad_rule("prioritet", &cpr("a priority that is none")).to_string(),
        format!("{{\"format\":{}", cpr("no JSON")),
    ];
    let directory = TempDir::new().unwrap();
    let data = directory.path().join("data");
    let mut heard = Vec::new();
    for configuration in &configurations {
        let file = directory.path().join("konfiguration.json");
        fs::write(&file, configuration).unwrap();
        let output = postfordeler(&["import", file.to_str().unwrap(), "--data", data.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        heard.extend(haystacks_of(configuration, Allowed::Nowhere, &output));
    }
    let file = directory.path().join(format!("{}.json", cpr("the file's name")));
    fs::write(&file, sound.to_string()).unwrap();
    let output = postfordeler(&["import", file.to_str().unwrap(), "--data", data.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    heard.extend(files_in(&data));
    assert_eq!(planted.traces_in(&heard), Vec::<String>::new());
}

impl Run {
    fn start(log_format: &str) -> Self {
        let answers = Arc::new(Mutex::new(VecDeque::<String>::new()));
        let next = Arc::clone(&answers);
        let fagsystem = Fagsystem::start(move |connection| {
            if connection.take_all() {
                let answer = next.lock().unwrap().pop_front();
                connection.write(&answer.unwrap_or_else(|| answered("200 OK", "")));
            }
        });
        let rules = [rule(1, "esdh", "kontaktgruppe", "Dagtilbud"), rule(2, "esdh", "afsenderCvr", "12345678")];
        let data = TempDir::new().unwrap();
        publish(data.path(), &configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &rules));
        let most_talkative = ["--log-level", "debug", "--log", log_format, "--metrics", "127.0.0.1:0"];
        let call = ["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()];
        let mut running = Running::start(&[&call[..], &most_talkative].concat());
        let line = running.next_line();
        let metrics = line.strip_prefix("Metrics at http://").and_then(|it| it.strip_suffix("/metrics")).unwrap();
        let metrics = metrics.parse().unwrap();
        let planted = Rc::<Planted>::default();
        let (letter, told, heard) = (Letter::new(&planted), Vec::new(), Vec::new());
        Self { router: Router { running, data }, metrics, planted, letter, answers, fagsystem, told, heard }
    }

    /// Letters that the router takes and such that it refuses.
    fn letters(&self) -> Vec<String> {
        let sound = letters::sound(&self.letter, &self.planted);
        sound.into_iter().chain(letters::refused(&self.letter, &self.planted)).collect()
    }

    fn hear(&mut self, name: &str, allows: Allowed, said: impl Into<Vec<u8>>) {
        self.heard.push(Haystack { name: name.to_owned(), bytes: said.into(), allows });
    }

    fn hear_output(&mut self, name: &str, allows: Allowed, output: &Output) {
        self.heard.extend(haystacks_of(name, allows, output));
    }

    fn deliver(&mut self, case: &str, content_type: &str, body: &[u8]) -> u16 {
        let head = format!("POST /memo HTTP/1.1\r\nContent-Type: {content_type}");
        self.call(case, &head, body)
    }

    /// Makes a call, and returns the status of the answer.
    fn call(&mut self, case: &str, head: &str, body: &[u8]) -> u16 {
        self.told.push([head.as_bytes(), body].concat());
        let head = format!("{head}\r\nContent-Length: {}", body.len());
        let mut call = Call::begin(self.router.address(), &head);
        call.send(body);
        let answer = call.answer();
        let status = answer.status();
        self.hear(case, Allowed::Receipt, format!("{}{}", answer.head, answer.body));
        status
    }

    fn hear_fagsystems_that_talk_too_much(&mut self) {
        let cpr = |origin: &str| self.planted.cpr_with_dash(origin);
        let name = || self.planted.name_allowed("a fagsystem's words", Allowed::Receipt);
        let said = |code: &str, words: &str| json!({"errorCode": code, "errorMessage": words}).to_string();
        let header = format!("X-Borger: {} {}", cpr("a header"), self.planted.name("a header"));
        let reason = format!("{} {}", cpr("the reason phrase"), self.planted.name("the reason phrase"));
        let in_middle =
            format!("200 OK\r\n{header}\r\nContent-Length: 100\r\n\r\n{{\"errorCode\":\"{}", cpr("a torn answer"));
        let in_pieces = self.planted.cpr_with("\\u0001", "words in pieces");
        let in_pieces = format!(r#"{{"errorMessage":"{in_pieces}"}}"#);
        let answers = [
            answered("200 OK", &json!({"receiptStatus": "COMPLETED", "errorMessage": cpr("a yes")}).to_string()),
            answered(&format!("200 {reason}\r\n{header}"), ""),
            answered(&format!("422 {reason}\r\n{header}"), &said("sag.lukket", &name())),
            answered("422 Nej", &said(&cpr("a code"), &cpr("words"))),
            answered("422 Nej", &said(&name(), "Nej")),
            answered("422 Nej", &said(&self.planted.cpr_with("\u{200B}", "a code in pieces"), "Nej")),
            answered("422 Nej", &in_pieces),
            answered("422 Nej", &said("nej", &format!("{}{}1", "x".repeat(490), self.planted.cpr("words cut off")))),
            answered(
                "422 Nej",
                &json!({"errorCode": {cpr("an object"): 1}, "errorMessage": [cpr("a list")]}).to_string(),
            ),
            answered("404 Nej", &cpr("plain words")),
            answered("500 Fejl", &said(&name(), &cpr("words of an unwell one"))),
            answered("503 Fejl", &cpr("plain words of an unwell one")),
            answered("200 OK", &json!({"receiptStatus": cpr("a status")}).to_string()),
            answered("200 OK", &format!("{{{}", cpr("an unclear yes"))),
            answered(&format!("302 {reason}\r\nLocation: http://127.0.0.1:9/{}", cpr("an address")), ""),
            format!("{} HTTP/1.1\r\n\r\n", cpr("no HTTP")),
            format!("HTTP/1.1 200 OK\r\n{} : \u{1}\r\n\r\n", cpr("no header")),
            format!("HTTP/1.1 200 OK\r\nContent-Length: {}x\r\n\r\n", self.planted.cpr("no length")),
            format!("HTTP/1.1 {in_middle}"),
            format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}z\r\n", cpr("no chunk")),
        ];
        for answer in answers {
            self.told.push(answer.clone().into_bytes());
            self.answers.lock().unwrap().push_back(answer);
            let letter = self.letter.xml();
            self.deliver("a fagsystem's answer, passed on", "application/xml", letter.as_bytes());
            assert!(self.answers.lock().unwrap().is_empty(), "the fagsystem was asked");
        }
    }

    /// Messages that are wrapped or announced in other ways than they should be.
    fn deliver_in_odd_shapes(&mut self) {
        let letter = self.letter.xml();
        let letter = letter.as_bytes();
        let cpr = |origin: &str| self.planted.cpr_with_dash(origin);
        let form = Form::content_type();
        let file = || format!("{}.xml", cpr("a part's file name"));
        let typed = |origin: &str| format!("Content-Type: application/xml; name=\"{}\"\r\n", cpr(origin));
        let mut unfinished = Form::default().file(&file(), cpr("a part that is cut off").as_bytes()).end();
        unfinished.truncate(unfinished.len() - Form::BOUNDARY.len());
        let shapes = [
            (form.clone(), Form::default().file(&file(), letter).end()),
            (form.clone(), Form::default().part("name=\"file\"", &typed("a part's type"), letter).end()),
            (form.clone(), Form::default().part(&format!("name=\"{}\"", cpr("a part's name")), "", letter).end()),
            (form.clone(), Form::default().part("name=\"note\"", "", cpr("a note").as_bytes()).file("x", letter).end()),
            (form.clone(), Form::default().file(&file(), letter).file(&file(), letter).end()),
            (
                form.clone(),
                Form::default().part("name=\"file\"", &format!("{}\r\n", cpr("no header of a part")), b"").end(),
            ),
            (form.clone(), [cpr("before the first part").as_bytes(), &Form::default().end()].concat()),
            (form.clone(), unfinished),
            (format!("multipart/form-data; boundary={}", cpr("the boundary")), letter.to_vec()),
            (format!("multipart/form-data; {}", cpr("no boundary")), letter.to_vec()),
            (format!("application/pdf; name=\"{}.pdf\"", cpr("another type")), letter.to_vec()),
            (format!("cpr/{}", cpr("no type")), letter.to_vec()),
            (format!("text/xml; charset={}", cpr("the charset")), letter.to_vec()),
            (format!("application/xml\r\nContent-Encoding: {}", cpr("the encoding")), letter.to_vec()),
        ];
        for (content_type, body) in shapes {
            self.deliver("an odd shape", &content_type, &body);
        }
    }

    /// Calls with personal data beside the message, and calls that are none.
    fn call_in_odd_ways(&mut self) {
        let planted = Rc::clone(&self.planted);
        let (letter, cpr) = (self.letter.xml(), |origin: &str| planted.cpr_with_dash(origin));
        let typed = "Content-Type: application/xml";
        let secrets = format!(
            "X-Borger: {}\r\nCookie: cpr={}\r\nAuthorization: Bearer {}\r\nUser-Agent: {}\r\nX-Request-Id: {}",
            cpr("a header of the call"),
            cpr("a cookie"),
            cpr("a token"),
            cpr("the caller's name"),
            cpr("a request's number"),
        );
        let heads = [
            format!("POST /memo?cpr={}#{} HTTP/1.1\r\n{typed}", cpr("the query"), cpr("the fragment")),
            format!("POST /memo/{} HTTP/1.1\r\n{typed}", cpr("the path")),
            format!("POST /{} HTTP/1.1\r\n{typed}", cpr("another path")),
            format!("POST /memo HTTP/1.1\r\n{typed}\r\n{secrets}"),
            format!("POST /memo HTTP/1.1\r\n{typed}\r\nOrigin: https://{}.example", cpr("a web page")),
            format!("PUT /memo?cpr={} HTTP/1.1\r\n{typed}", cpr("the query of another method")),
            format!("GET /sundhed?cpr={} HTTP/1.1", cpr("the query of a health check")),
        ];
        for head in heads {
            self.call("an odd call", &head, letter.as_bytes());
        }
        let too_large = format!("POST /memo?cpr={} HTTP/1.1\r\nExpect: 100-continue", cpr("the query of a large one"));
        self.told.push(too_large.clone().into_bytes());
        let head = format!("{too_large}\r\n{typed}\r\nContent-Length: 104333313");
        let answer = Call::begin(self.router.address(), &head).answer();
        assert_eq!(answer.status(), 413);
        self.hear("too large", Allowed::Receipt, format!("{}{}", answer.head, answer.body));
    }

    fn call_without_http(&mut self) {
        let planted = Rc::clone(&self.planted);
        let cpr = |origin: &str| planted.cpr_with_dash(origin);
        let no_http = [
            format!("{} /memo HTTP/1.1\r\n\r\n", cpr("no method")),
            format!("POST /memo HTTP/{}\r\n\r\n", cpr("no version")),
            format!("POST /memo HTTP/1.1\r\n{} : x\r\n\r\n", cpr("no header of the call")),
            format!("POST /memo HTTP/1.1\r\nContent-Length: {}x\r\n\r\n", cpr("no length of the call")),
            format!("POST /memo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{}z\r\n", cpr("no chunk of the call")),
        ];
        for request in no_http {
            let mut stream = TcpStream::connect(self.router.address()).unwrap();
            stream.set_read_timeout(Some(TIMEOUT)).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let _ = stream.shutdown(Shutdown::Write);
            let mut said = Vec::new();
            // What it says before it hangs up, if anything.
            let _ = std::io::Read::read_to_end(&mut stream, &mut said);
            self.told.push(request.into_bytes());
            self.hear("no HTTP", Allowed::Nowhere, said);
        }
    }

    /// Messages that end in the middle, before and after their header has closed.
    fn break_off(&mut self) {
        for part in ["<label>", "</MessageHeader>", "</content>"] {
            let letter = self.letter.xml();
            let known = self.router.journal().len();
            let mut call = Call::with_length(self.router.address(), "application/xml", letter.len());
            let sent = letter.find(part).unwrap() + part.len() + 5;
            call.send(&letter.as_bytes()[..sent]);
            call.hang_up();
            eventually("the journal knows of it", || (self.router.journal().len() > known).then_some(()));
            self.told.push(letter.into_bytes());
        }
    }

    /// Ends the router, and looks through all that it has left behind.
    fn end(mut self) {
        let metrics = Call::begin(self.metrics, "GET /metrics HTTP/1.1").answer();
        for (name, answer) in [("/sundhed", self.router.health()), ("/metrics", metrics)] {
            assert_eq!(answer.status(), 200);
            self.hear(name, Allowed::Nowhere, format!("{}{}", answer.head, answer.body));
        }
        let while_running = files_in(self.router.data.path());
        self.heard.extend(while_running);
        self.router.running.terminate();
        assert_eq!(self.router.running.exit_status(), Some(0));
        let (log, output) = (self.router.running.log(), self.router.running.rest_of_output());
        assert!(log.contains("message"), "the log says something: {log}");
        self.hear("the log", Allowed::Nowhere, log);
        self.hear("standard output", Allowed::Nowhere, output);
        self.heard.extend(files_in(self.router.data.path()));
        assert_eq!(self.planted.not_in(&self.told), Vec::<String>::new(), "each was told");
        assert!(!self.fagsystem.whole_requests().is_empty());
        assert_eq!(self.planted.traces_in(&self.heard), Vec::<String>::new());
    }
}

/// An answer with that status line, and perhaps headers after it.
fn answered(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn haystacks_of(name: &str, allows: Allowed, output: &Output) -> [Haystack; 2] {
    let haystack = |stream, bytes: &[u8]| Haystack { name: format!("{name}, {stream}"), bytes: bytes.to_vec(), allows };
    [haystack("standard output", &output.stdout), haystack("standard error", &output.stderr)]
}

/// Every file of a data directory, its name included.
fn files_in(directory: &Path) -> Vec<Haystack> {
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let haystacks = files.map(|file| {
        let name = file.display().to_string();
        Haystack { bytes: [name.as_bytes(), &fs::read(&file).unwrap()].concat(), name, allows: Allowed::Journal }
    });
    haystacks.collect()
}
