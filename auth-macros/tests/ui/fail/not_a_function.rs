use auth_actix::protected;

#[protected]
struct Handler;

fn main() {}
