value = "a of pkg"
import pkg as top
