use auth_actix::protected;

#[protected]
async fn handler() -> u32 {
    7
}

fn main() {}
