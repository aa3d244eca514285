/** Names to draw from. Given names are kept by gender so that name and gender agree. */

const split = (text: string): readonly string[] => text.trim().split(/\s+/u);

export const FEMALE_NAMES = split(`
Abigail Adriana Alexandra Alicia Allison Alyssa Amanda Amber Amy Ana Andrea Angela Anita Anna Ashley Audrey Barbara
Becky Beth Bonnie Brenda Briana Brittany Brooke Caitlin Candace Carla Carmen Carol Caroline Cassandra Catherine Charlene
Chelsea Cheryl Christina Cindy Claire Claudia Courtney Crystal Cynthia Dana Danielle Dawn Deborah Denise Diana Donna
Dorothy Elaine Elizabeth Emily Erica Erin Evelyn Felicia Gabrielle Gina Gloria Grace Hailey Hannah Heather Heidi Helen
Holly Isabel Jackie Jacqueline Jamie Janet Jasmine Jenna Jennifer Jessica Joan Jordan Joyce Judith Julia Karen Kathleen
Katie Kayla Kelly Kimberly Kristin Laura Lauren Leah Linda Lisa Lori Lydia Madison Marcia Margaret Maria Marissa Mary
Megan Melanie Melissa Meredith Michelle Miranda Molly Monica Nancy Natalie Nicole Olivia Pamela Patricia Paula Rachel
Rebecca Renee Rhonda Robin Sabrina Samantha Sandra Sara Shannon Sharon Sheila Shelby Stacy Stephanie Susan Tamara Tammy
Tara Teresa Tiffany Tina Tracy Valerie Vanessa Veronica Vicki Victoria Wanda Wendy Whitney Yolanda Yvonne`);

export const MALE_NAMES = split(`
Aaron Adam Adrian Alan Albert Alejandro Alex Alfred Allen Andre Andrew Anthony Antonio Arthur Austin Barry Benjamin
Bernard Blake Bradley Brandon Brent Brett Brian Bruce Bryan Caleb Calvin Cameron Carl Carlos Casey Cesar Chad Charles
Christian Christopher Clarence Clayton Clifford Clinton Cody Colin Connor Corey Craig Curtis Dakota Dale Daniel Darrell
Darren David Dean Dennis Derek Devin Donald Douglas Duane Dustin Dylan Eddie Edgar Eduardo Edward Edwin Elijah Eric
Ernest Ethan Eugene Evan Fernando Francis Franklin Frederick Gabriel Garrett Gary Gavin George Gerald Gilbert Glen Gordon
Gregory Harold Harry Hector Henry Herbert Hunter Ian Isaac Ivan Jack Jacob Jaime James Jared Jason Javier Jay Jeffrey
Jeremy Jerome Jesse Joe Joel John Jonathan Jorge Jose Joseph Joshua Juan Justin Keith Kenneth Kevin Kirk Kurt Kyle Lance
Larry Lawrence Leon Leonard Levi Logan Louis Lucas Luis Luke Malik Manuel Marc Marcus Mario Mark Martin Marvin Mason
Matthew Maurice Max Melvin Michael Miguel Mitchell Nathan Nathaniel Neil Nicholas Noah Norman Oscar Parker Patrick Paul
Perry Peter Philip Preston Ralph Ramon Randall Raymond Reginald Ricardo Richard Rick Robert Roberto Rodney Roger Ronald
Ross Roy Russell Ryan Samuel Scott Sean Sergio Seth Shane Shawn Spencer Stanley Stephen Steve Stuart Taylor Terry
Theodore Thomas Timothy Todd Tony Travis Trevor Troy Tyler Vernon Victor Vincent Walter Warren Wayne Wesley William
Xavier Zachary`);

/** `Omar` and `Omalley` put `.om` into local parts (`x.omar@…`), which a careless domain repair would break. */
export const LAST_NAMES = split(`
Acosta Adams Aguilar Alexander Allen Alvarez Anderson Andrews Armstrong Arnold Atkins Austin Bailey Baker Baldwin Ball
Banks Barber Barker Barnes Barrett Barton Bates Beck Becker Bell Bennett Benson Berg Bishop Black Blair Blake Bowen Bowman
Boyd Bradford Bradley Brennan Brewer Briggs Brooks Brown Bryant Buchanan Burgess Burke Burnett Burns Burton Bush Butler
Byrd Calderon Caldwell Callahan Cameron Campbell Cannon Cardenas Carey Carlson Carpenter Carr Carrillo Carroll Carter
Castillo Castro Cervantes Chambers Chandler Chang Chapman Chavez Chen Cherry Christensen Clark Clayton Cline Cobb Cohen
Coleman Collins Conner Contreras Cook Cooper Cortez Costa Cox Craig Crawford Crosby Cross Cruz Cummings Cunningham Curtis
Dalton Daniels Davidson Davis Dawson Day Dean Decker Delacruz Delgado Diaz Dickson Dixon Dominguez Donovan Dorsey Douglas
Doyle Drake Duncan Dunn Duran Edwards Elliott Ellis Erickson Espinoza Estrada Evans Farley Farmer Ferguson Fernandez
Fields Figueroa Fisher Fitzgerald Fleming Fletcher Flores Flynn Foley Ford Foster Fowler Fox Francis Franco Frank Franklin
Frazier Freeman French Frost Fuentes Fuller Gallagher Galloway Garcia Gardner Garrett Garza George Gibbs Gibson Gilbert
Gill Glass Glover Gomez Gonzales Goodman Goodwin Gordon Graham Grant Graves Gray Green Greene Gregory Griffin Griffith
Gross Guerrero Gutierrez Guzman Hale Hall Hamilton Hammond Hampton Hancock Hansen Hanson Hardin Harding Hardy Harmon
Harper Harrell Harrington Harris Harrison Hart Hartman Harvey Hawkins Hayden Hayes Haynes Heath Henderson Henry Henson
Hernandez Herrera Hess Hicks Higgins Hill Hines Hobbs Hodge Hoffman Hogan Holland Holloway Holmes Holt Hood Hooper Hoover
Hopkins Horn Horton House Houston Howard Howell Hubbard Huber Hudson Huerta Huff Hughes Hull Hunt Hunter Hurley Hurst
Omalley Omar Oneill Ortega Ortiz Osborne Owens Padilla Page Palmer Park Parker Parks Parrish Parsons Patel Patterson
Patton Payne Pearson Pena Perez Perkins Perry Peters Peterson Phelps Phillips Pierce Pineda Pittman Pope Porter Potter
Powell Powers Pratt Preston Price Proctor Quinn Ramirez Ramos Ramsey Randall Randolph Rasmussen Ray Reed Reese Reeves Reid
Reyes Reynolds Rhodes Rice Rich Richardson Riddle Riley Rios Rivas Rivera Roach Robbins Roberts Robertson Robinson Rogers
Rojas Roman Romero Rosales Rosario Rose Ross Roth Rowe Rowland Ruiz Rush Russell Ryan Salas Salazar Salinas Sampson
Sanchez Sanders Sandoval Sanford Santiago Saunders Savage Sawyer Schmidt Schmitt Schneider Schroeder Schultz Schwartz
Scott Sellers Serrano Shaffer Shah Shannon Sharp Shaw Shelton Shepherd Sherman Shields Short Silva Simmons Simon Simpson
Sims Singh Skinner Sloan Small Smith Snyder Solis Solomon Soto Sparks Spencer Stafford Stanley Stark Steele Stephens
Stevens Stevenson Stewart Stokes Stone Strickland Strong Stuart Suarez Sullivan Summers Sutton Swanson Sweeney Tanner Tapia
Tate Taylor Terrell Thomas Thompson Thornton Todd Torres Townsend Tran Trevino Trujillo Tucker Turner Tyler Underwood
Valdez Valencia Valenzuela Vance Vargas Vasquez Vaughn Vazquez Vega Velazquez Villa Villarreal Wade Wagner Walker Wallace
Waller Walls Walsh Walter Walters Walton Ward Ware Warner Warren Washington Waters Watkins Watson Watts Weaver Webb Weber
Webster Weeks Weiss Welch Wells West Wheeler Whitaker White Whitehead Wilcox Wiley Wilkerson Wilkins Wilkinson Williams
Williamson Willis Wilson Winters Wise Wolf Wolfe Wong Wood Woodard Woods Woodward Wright Wyatt Yang Yates York Young
Zamora Zavala Zhang Zimmerman Zuniga`);
