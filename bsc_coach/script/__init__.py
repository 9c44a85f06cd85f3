"""What is asked, as data: the steps of a script, how they are read, checked and translated."""
