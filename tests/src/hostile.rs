//! A provider that answers as it likes, byte by byte: what no HTTP library would send.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// What one endpoint does instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abuse {
    /// 64 MiB of JSON, as fast as they are taken.
    Huge,
    /// 64 MiB of JSON, gzipped.
    Bomb,
    /// One byte a second.
    Drip,
    /// A redirect to itself.
    Redirect,
    /// 10 000 members or keys.
    Many,
    /// One name, `kid` where there is one, of nearly 1 MB.
    LongName,
    /// 16 MiB of header lines.
    Headers,
    /// One header line of 16 MiB.
    Header,
    /// An array in an array, 200 000 times.
    Deep,
    /// Nothing at all, until [`HostileProvider::release`].
    Silence,
}

impl Abuse {
    /// What an issuer is called that does this at `endpoint`: `token-huge`.
    pub fn at(self, endpoint: &str) -> String {
        format!("{endpoint}-{self:?}").to_lowercase()
    }

    /// Every abuse that ends by itself.
    pub const ALL: [Self; 9] = [
        Self::Huge,
        Self::Bomb,
        Self::Drip,
        Self::Redirect,
        Self::Many,
        Self::LongName,
        Self::Headers,
        Self::Header,
        Self::Deep,
    ];
}

/// The endpoints that are called by the site.
pub const ENDPOINTS: [&str; 4] = ["discovery", "jwks", "token", "userinfo"];

/// A server on a loopback port with one issuer for each abuse of each endpoint, and honest ones.
/// Lives as long as the process.
#[derive(Clone)]
pub struct HostileProvider {
    base: String,
    shared: Arc<Shared>,
}

struct Shared {
    key: Ed25519KeyPair,
    /// Connections that wait in silence; taken when they may go.
    silent: Mutex<Silent>,
    changed: Condvar,
}

#[derive(Default)]
struct Silent {
    waiting: usize,
    released: bool,
}

impl HostileProvider {
    /// Starts listening.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let provider = Self {
            base: format!("http://{address}"),
            shared: Arc::new(Shared {
                key: Ed25519KeyPair::generate().expect("aws-lc makes keys"),
                silent: Mutex::default(),
                changed: Condvar::new(),
            }),
        };
        let server = provider.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                // The client hangs up when it has had enough: then writing fails, and that is all.
                thread::spawn(move || server.serve(stream));
            }
        });
        provider
    }

    /// The issuer called `name`: `honest`, or one of [`Abuse::at`].
    pub fn issuer(&self, name: &str) -> String {
        format!("{}/t/{name}", self.base)
    }

    /// The address of the list of `entries`, as the site for drivers reads it.
    pub fn catalogue(&self, entries: &[(&str, String)]) -> String {
        let entries: Vec<Value> = entries
            .iter()
            .map(|(name, issuer)| {
                json!({
                    "name": name, "issuer": issuer, "client_id": "c", "client_secret": "s",
                    "app": {"userinfo": true, "alg": "EdDSA"},
                })
            })
            .collect();
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut stream = stream;
                let _ = read_request(&stream);
                let _ = respond(&mut stream, &Value::from(entries.clone()));
            }
        });
        format!("http://{address}")
    }

    /// Waits until `count` connections wait in silence.
    pub fn wait_for_silence(&self, count: usize) {
        let silent = self.silent();
        let (silent, timeout) = self
            .shared
            .changed
            .wait_timeout_while(silent, Duration::from_secs(8), |silent| {
                silent.waiting < count
            })
            .unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "{} wait in silence", silent.waiting);
    }

    /// How many connections wait in silence.
    pub fn waiting_in_silence(&self) -> usize {
        self.silent().waiting
    }

    /// Hangs up on those who wait in silence, and on all who ask for it from now on.
    pub fn release(&self) {
        self.silent().released = true;
        self.shared.changed.notify_all();
    }

    fn silent(&self) -> std::sync::MutexGuard<'_, Silent> {
        self.shared
            .silent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let (path, body) = read_request(&stream)?;
        let mut parts = path.trim_start_matches("/t/").splitn(2, '/');
        let name = parts.next().unwrap_or_default();
        let endpoint = match parts.next() {
            Some(".well-known/openid-configuration") => "discovery",
            Some("keys") => "jwks",
            Some(other) => other,
            None => return Ok(()),
        };
        let mut abuses = Abuse::ALL.into_iter().chain([Abuse::Silence]);
        let abuse = abuses.find(|abuse| abuse.at(endpoint) == name);
        match abuse {
            None => respond(&mut stream, &self.honest(name, endpoint, &body)),
            Some(Abuse::Huge) => {
                stream.write_all(HEAD.as_bytes())?;
                stream.write_all(b"\r\n{\"a\":\"")?;
                repeat(&mut stream, &[b'x'; 64 * 1024], 1024)
            }
            Some(Abuse::Bomb) => {
                let bomb = gzip_bomb(64 * 1024 * 1024);
                write!(
                    stream,
                    "{HEAD}Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
                    bomb.len()
                )?;
                stream.write_all(&bomb)
            }
            Some(Abuse::Drip) => drip(stream),
            Some(Abuse::Redirect) => {
                write!(
                    stream,
                    "HTTP/1.1 302 Found\r\nLocation: {path}\r\nContent-Length: 0\r\n\r\n"
                )
            }
            Some(Abuse::Many) => {
                let mut answer = self.honest(name, endpoint, &body);
                let key = json!({"kty": "OKP", "crv": "Ed25519", "x": "A".repeat(43), "kid": "k"});
                if endpoint == "jwks" {
                    answer["keys"] = vec![key; 10_000].into();
                } else {
                    for number in 0..10_000 {
                        answer[format!("member {number}")] = number.into();
                    }
                }
                respond(&mut stream, &answer)
            }
            Some(Abuse::LongName) => {
                let mut answer = self.honest(name, endpoint, &body);
                let long = "k".repeat(700_000);
                match endpoint {
                    "jwks" => answer["keys"][0]["kid"] = long.into(),
                    "token" => {
                        answer["id_token"] = self.id_token(&self.issuer(name), &body, &long).into()
                    }
                    _ => answer[long] = 1.into(),
                }
                respond(&mut stream, &answer)
            }
            Some(Abuse::Headers) => {
                stream.write_all(HEAD.as_bytes())?;
                repeat(
                    &mut stream,
                    format!("X-Filler: {}\r\n", "x".repeat(1000)).as_bytes(),
                    16_384,
                )
            }
            Some(Abuse::Header) => {
                write!(stream, "{HEAD}X-Filler: ")?;
                repeat(&mut stream, &[b'x'; 1024], 16_384)
            }
            Some(Abuse::Deep) => {
                let deep = "[".repeat(200_000);
                write!(
                    stream,
                    "{HEAD}Content-Length: {}\r\n\r\n{{\"a\":{deep}",
                    deep.len() + 5
                )
            }
            Some(Abuse::Silence) => {
                let mut silent = self.silent();
                silent.waiting += 1;
                self.shared.changed.notify_all();
                while !silent.released {
                    let woken = self.shared.changed.wait(silent);
                    silent = woken.unwrap_or_else(PoisonError::into_inner);
                }
                silent.waiting -= 1;
                Ok(())
            }
        }
    }

    fn honest(&self, name: &str, endpoint: &str, body: &str) -> Value {
        let issuer = self.issuer(name);
        match endpoint {
            "discovery" => json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"),
                "userinfo_endpoint": format!("{issuer}/userinfo"),
                "jwks_uri": format!("{issuer}/keys"),
            }),
            "jwks" => json!({"keys": [{
                "kty": "OKP", "crv": "Ed25519", "kid": "k",
                "x": base64url(self.shared.key.public_key().as_ref()),
            }]}),
            "token" => json!({
                "access_token": "a", "token_type": "Bearer",
                "id_token": self.id_token(&issuer, body, "k"),
            }),
            _ => json!({"sub": "somebody", "name": "Somebody"}),
        }
    }

    /// A right ID Token. The code of the token request is the nonce.
    fn id_token(&self, issuer: &str, body: &str, kid: &str) -> String {
        let form: HashMap<String, String> =
            reqwest::Url::parse(&format!("http://form.invalid/?{body}"))
                .map(|url| url.query_pairs().into_owned().collect())
                .unwrap_or_default();
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |now| now.as_secs());
        let header = json!({"alg": "EdDSA", "kid": kid});
        let claims = json!({
            "iss": issuer, "aud": "c", "sub": "somebody", "iat": now, "exp": now + 60,
            "nonce": form.get("code"),
        });
        let signed = [header, claims]
            .map(|part| base64url(part.to_string().as_bytes()))
            .join(".");
        let signature = self.shared.key.sign(signed.as_bytes());
        format!("{signed}.{}", base64url(signature.as_ref()))
    }
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";

/// Path and body of a request.
fn read_request(stream: &TcpStream) -> io::Result<(String, String)> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((path, String::from_utf8_lossy(&body).into_owned()))
}

fn respond(stream: &mut TcpStream, answer: &Value) -> io::Result<()> {
    let body = answer.to_string();
    write!(stream, "{HEAD}Content-Length: {}\r\n\r\n{body}", body.len())
}

fn repeat(stream: &mut TcpStream, bytes: &[u8], times: usize) -> io::Result<()> {
    (0..times).try_for_each(|_| stream.write_all(bytes))
}

/// A byte whenever the client has been silent for a second, until it hangs up.
fn drip(mut stream: TcpStream) -> io::Result<()> {
    write!(stream, "{HEAD}Content-Length: 1000\r\n\r\n")?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    loop {
        match stream.read(&mut [0]) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                stream.write_all(b" ")?;
            }
            _ => return Ok(()),
        }
    }
}

/// `size` bytes of `x`, compressed: one literal, and then "the last byte, 258 times" in fixed
/// Huffman codes (RFC 1951 §3.2.6), 13 bits each.
fn gzip_bomb(size: usize) -> Vec<u8> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let (mut bits, mut count) = (0_u32, 0);
    // Codes are packed from their most significant bit on, all else from the least.
    let mut put = |code: u32, length: u32| {
        for shift in (0..length).rev() {
            bits |= (code >> shift & 1) << count;
            count += 1;
            if count == 8 {
                bytes.push(bits as u8);
                (bits, count) = (0, 0);
            }
        }
    };
    put(0b110, 3); // the last block, fixed codes
    put(0x30 + u32::from(b'x'), 8);
    for _ in 0..size / 258 {
        put(0b1100_0101, 8); // length 258
        put(0, 5); // distance 1
    }
    put(0, 7); // end
    put(0, 7); // to a whole byte
    bytes
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
