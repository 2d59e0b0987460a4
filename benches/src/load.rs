//! A load generator that does less than the server: prepared requests, blocking sockets, in turn.
//!
//! With many connections in flight the server always has a request waiting, so that it, and not this
//! side, decides about the pace.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::Failure;
use crate::process::{Server, Times};

/// Requests that wait for an answer at any time.
const CONNECTIONS: usize = 32;

/// What one burst took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Burst {
    pub(crate) requests: usize,
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    /// How long either side was ready to run while something else had its core.
    waited: Duration,
}

impl Burst {
    /// How much of its time was spent waiting for others: 0 on a quiet machine.
    pub(crate) fn disturbance(&self) -> f64 {
        self.waited.as_secs_f64() / self.wall.as_secs_f64()
    }

    /// CPU time of the server per request, in microseconds.
    pub(crate) fn cpu_micros(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.requests as f64
    }

    /// Requests per second.
    pub(crate) fn rate(&self) -> f64 {
        self.requests as f64 / self.wall.as_secs_f64()
    }
}

/// What an answer must be.
#[derive(Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) status: u16,
    pub(crate) body: &'static str,
}

/// Sends `count` of `requests`, in turn, and requires every answer to be the expected one.
pub(crate) fn burst(
    server: &Server,
    requests: &[Vec<u8>],
    count: usize,
    expected: Expected,
) -> Result<Burst, Failure> {
    let mut connections = (0..CONNECTIONS)
        .map(|_| Connection::open(server.address))
        .collect::<Result<Vec<_>, _>>()?;
    let mut next = requests.iter().cycle();
    let mut send = |connection: &mut Connection| -> Result<(), Failure> {
        let request = next.next().ok_or("there is nothing to send")?;
        Ok(connection.stream.write_all(request)?)
    };
    let (uncounted, counted) = (warm_up(count) / CONNECTIONS, count / CONNECTIONS);
    let mut run = |rounds: usize| -> Result<(), Failure> {
        for connection in &mut connections {
            send(connection)?;
        }
        for round in 1..=rounds {
            for connection in &mut connections {
                connection.receive(expected)?;
                if round < rounds {
                    send(connection)?;
                }
            }
        }
        Ok(())
    };
    // Every connection is accepted before the clock starts, and the server, which others have kept from
    // its core, finds its memory in the caches of the processor again. The bare one runs most often, and
    // would do so without.
    run(uncounted)?;
    let before = (server.times()?, Times::of_this_thread()?);
    let start = Instant::now();
    run(counted)?;
    let wall = start.elapsed();
    let after = (server.times()?, Times::of_this_thread()?);
    let waited = |after: Times, before: Times| after.waited.saturating_sub(before.waited);
    Ok(Burst {
        requests: counted * CONNECTIONS,
        wall,
        cpu: after.0.cpu.saturating_sub(before.0.cpu),
        waited: waited(after.0, before.0) + waited(after.1, before.1),
    })
}

/// Both, and which comes first changes from round to round, so that a machine that slows down favours
/// neither.
pub(crate) fn in_turns<A, B>(
    round: usize,
    one: impl FnOnce() -> Result<A, Failure>,
    other: impl FnOnce() -> Result<B, Failure>,
) -> Result<(A, B), Failure> {
    if round.is_multiple_of(2) {
        let one = one()?;
        Ok((one, other()?))
    } else {
        let other = other()?;
        Ok((one()?, other))
    }
}

/// How many requests precede `count` that are counted.
fn warm_up(count: usize) -> usize {
    (count / 4).max(CONNECTIONS)
}

/// How many of a pool of distinct requests a burst of `count` sends.
pub(crate) fn sent_by(count: usize) -> usize {
    count + warm_up(count)
}

/// The bytes of a request for `target` with these header lines.
pub(crate) fn request(target: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("GET {target} HTTP/1.1\r\nhost: 127.0.0.1\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// The same for a form that is posted.
pub(crate) fn post(target: &str, headers: &[(&str, &str)], form: &str) -> Vec<u8> {
    let mut text = format!("POST {target} HTTP/1.1\r\nhost: 127.0.0.1\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let length = form.len();
    text.push_str(&format!(
        "content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
    ));
    text.into_bytes()
}

/// A connection that is kept alive.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(Self {
            stream,
            buffer: vec![0; 16 * 1024],
        })
    }

    /// The whole answer to one request.
    pub(crate) fn ask(&mut self, request: &[u8]) -> Result<String, Failure> {
        self.stream.write_all(request)?;
        Ok(String::from_utf8_lossy(self.answer()?).into_owned())
    }

    fn receive(&mut self, expected: Expected) -> Result<(), Failure> {
        let answer = self.answer()?;
        let status = answer
            .get(9..12)
            .and_then(|text| std::str::from_utf8(text).ok());
        let fits = status.and_then(|text| text.parse().ok()) == Some(expected.status)
            && answer.ends_with(expected.body.as_bytes());
        if !fits {
            let answer = String::from_utf8_lossy(answer);
            return Err(format!(
                "expected {} {}, got {answer}",
                expected.status, expected.body
            )
            .into());
        }
        Ok(())
    }

    /// Head and body of the next answer.
    fn answer(&mut self) -> Result<&[u8], Failure> {
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..])?;
            if read == 0 {
                return Err("the server hung up".into());
            }
            filled += read;
            if let Some(length) = length(&self.buffer[..filled])? {
                if filled == length {
                    return Ok(&self.buffer[..filled]);
                }
                if filled > length {
                    return Err("an answer that nobody asked for".into());
                }
            }
            if filled == self.buffer.len() {
                return Err("the answer is too long".into());
            }
        }
    }
}

/// The length of an answer, once its head is there.
fn length(answer: &[u8]) -> Result<Option<usize>, Failure> {
    let Some(head) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&answer[..head])?;
    for line in text.split("\r\n").skip(1) {
        let (name, value) = line.split_once(':').ok_or("a malformed header")?;
        if name.eq_ignore_ascii_case("content-length") {
            return Ok(Some(head + 4 + value.trim().parse::<usize>()?));
        }
    }
    Err("an answer without a length".into())
}
