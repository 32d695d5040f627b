value = "only when asked for"
