//! Requests as bytes: what no HTTP library would send.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::Site;

impl Site {
    /// Sends a request line and header lines as they are, and returns all that comes back.
    ///
    /// `Host` and `Connection: close` are added.
    pub fn raw(&self, request_line: &str, headers: &[String]) -> String {
        self.raw_with_body(request_line, headers, b"")
    }

    /// As [`raw`](Self::raw), with a body behind the headers. `Content-Length` is added where there
    /// is one.
    pub fn raw_with_body(&self, request_line: &str, headers: &[String], body: &[u8]) -> String {
        let authority = self.base.trim_start_matches("http://");
        let mut request = format!("{request_line}\r\nHost: {authority}\r\nConnection: close\r\n");
        for header in headers {
            request.push_str(header);
            request.push_str("\r\n");
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        let mut stream = TcpStream::connect(authority).expect("the site listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a timeout can be set");
        stream
            .write_all(&[request.as_bytes(), body].concat())
            .expect("the site reads");
        let mut answer = Vec::new();
        // Whoever hangs up on unread bytes resets the connection; what came before that counts.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}
