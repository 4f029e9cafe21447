//! A PostgreSQL of the tests' own, where its programs are found.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use postfordeler::store::Address;
use tempfile::TempDir;

/// Where Debian has the programs, and other systems the newest of them.
const PROGRAMS: [&str; 5] = [
    "/usr/lib/postgresql/15/bin",
    "/usr/lib/postgresql/16/bin",
    "/usr/lib/postgresql/17/bin",
    "/usr/lib/postgresql/18/bin",
    "/usr/local/bin",
];

/// Whether the programs are there. Says so once where they are not.
pub fn is_available() -> bool {
    static PROGRAMS_FOUND: LazyLock<bool> = LazyLock::new(|| {
        let found = programs().is_some();
        if !found {
            eprintln!(
                "PostgreSQL is not installed (Debian: postgresql): what is about a database on a server is left out."
            );
        }
        found
    });
    *PROGRAMS_FOUND
}

/// The database of that data directory, made when it is first asked for.
pub fn database_of(directory: &Path) -> Address {
    static MADE: LazyLock<Mutex<HashMap<PathBuf, String>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().expect("no test has panicked in here");
    let next = format!("t{}", made.len() + 1);
    let name = made.entry(directory.to_owned()).or_insert_with(|| {
        SERVER.run("createdb", &[next.as_str()]);
        next
    });
    SERVER.address(name)
}

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start(&[]));

/// A server with a cluster of its own. It ends with the program, however that ends.
pub struct Server {
    port: u16,
    directory: TempDir,
    settings: Vec<String>,
    running: Mutex<Option<Child>>,
}

impl Server {
    pub fn start(settings: &[&str]) -> Self {
        let directory = TempDir::new().expect("a directory for the server");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
        give_away(directory.path());
        let init = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"];
        let data = directory.path().join("data");
        let made = as_its_user(&program("initdb")).args(init).arg(&data).output().expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let server = Self { port, directory, settings, running: Mutex::default() };
        server.start_again();
        server
    }

    /// Starts it on what it has.
    pub fn start_again(&self) {
        let folder = self.directory.path();
        // When this program ends, however it does, so does the pipe that the shell reads from.
        let script = r#""$@" & read -r what how; kill "-${how:-INT}" $!; wait; [ "$what" = keep ] || rm -rf "$0""#;
        let mut command = as_its_user(Path::new("sh"));
        command.args(["-c", script]).arg(folder).arg(program("postgres")).arg("-D").arg(folder.join("data"));
        command.args([
            "-p",
            &self.port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "max_connections=300",
            "-c",
            "max_wal_size=64MB",
        ]);
        command.arg("-c").arg(format!("unix_socket_directories={}", folder.display()));
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        let running = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        *self.running.lock().expect("nobody has panicked") = Some(running.expect("it starts"));
        self.wait_until_ready();
    }

    /// Stops it, and breaks off what it does. What it has is kept.
    pub fn stop(&self) {
        self.end(b"keep\n");
    }

    /// Ends it as a crash does: with nothing written that was not written.
    pub fn crash(&self) {
        self.end(b"keep QUIT\n");
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    fn end(&self, what: &[u8]) {
        if let Some(mut running) = self.running.lock().expect("nobody has panicked").take() {
            if let Some(mut pipe) = running.stdin.take() {
                let _ = pipe.write_all(what);
            }
            let _ = running.wait();
        }
    }

    pub fn address(&self, database: &str) -> Address {
        format!("postgresql://postgres@127.0.0.1:{}/{database}", self.port).parse().expect("an address")
    }

    /// Runs one of PostgreSQL's programs on it.
    pub fn run(&self, name: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(program(name));
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "postgres"]).args(arguments);
        let done = command.output().expect("it runs");
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    fn wait_until_ready(&self) {
        let begun = Instant::now();
        let mut command = Command::new(program("pg_isready"));
        command.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
        while !command.status().expect("pg_isready runs").success() {
            assert!(begun.elapsed() < Duration::from_mins(1), "PostgreSQL does not start in {:?}", self.directory);
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end(b"");
    }
}

/// Carries out SQL on the database of that address, and returns what it prints.
pub fn sql(address: &Address, sql: &str) -> String {
    let done = Command::new(program("psql"))
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"])
        .args(["--dbname", &address.to_string(), "--command", sql])
        .output()
        .expect("psql runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

fn programs() -> Option<PathBuf> {
    PROGRAMS.iter().map(PathBuf::from).find(|folder| folder.join("initdb").exists())
}

fn program(name: &str) -> PathBuf {
    programs().expect("the tests have asked whether they are there").join(name)
}

/// PostgreSQL refuses to run as root.
fn as_its_user(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if let Some((user, group)) = other_user() {
        command.uid(user).gid(group);
    }
    command
}

fn give_away(directory: &Path) {
    if let Some((user, group)) = other_user() {
        chown(directory, Some(user), Some(group)).expect("root may do this");
    }
}

/// The user `postgres`, or else `nobody`, where this is root.
fn other_user() -> Option<(u32, u32)> {
    if !is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the users can be read");
    let number = |name: &str| {
        let line = users.lines().find(|line| line.starts_with(&format!("{name}:")))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    number("postgres").or_else(|| number("nobody"))
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}
