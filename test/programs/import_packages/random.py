x = "random of the program"
